package dev.schemabus.serde;

import java.lang.reflect.InvocationTargetException;
import org.apache.kafka.common.config.ConfigException;

/** Classes named in the configuration, which whoever runs the service has chosen; nothing from the wire gets here. */
final class ConfiguredClasses {

    private ConfiguredClasses() {}

    /** Without initialising it. Kafka's own message would name neither the key that was written nor a remedy. */
    static Class<?> load(String key, String className) {
        try {
            return load(className);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    key,
                    className,
                    "there is no such class on the class path (the name of a"
                            + " nested class has a $: com.acme.Orders$OrderPlaced)");
        }
    }

    private static Class<?> load(String className) throws ClassNotFoundException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return Class.forName(className, false, loader == null ? ConfiguredClasses.class.getClassLoader() : loader);
    }

    /**
     * An object of a class that implements an SPI.
     *
     * @param choices the names that stand for what comes with Schemabus
     */
    static <T> T instance(String key, String className, Class<T> spi, String choices) {
        String contract = spi.getName() + " and has a public constructor without parameters";
        try {
            return load(className).asSubclass(spi).getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            // Without a dot it is rather one of the choices, misspelt.
            String missing = className.indexOf('.') < 0 ? "" : "there is no such class on the class path: ";
            throw new ConfigException(
                    key,
                    className,
                    missing + "use " + choices + ", or the name of a class that implements " + contract);
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw failed(key, className, "its constructor failed: " + cause, cause);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw failed(key, className, "it is no public class that implements " + contract, e);
        }
    }

    private static ConfigException failed(String key, String className, String why, Throwable cause) {
        ConfigException failure = new ConfigException(key, className, why);
        failure.initCause(cause);
        return failure;
    }
}
