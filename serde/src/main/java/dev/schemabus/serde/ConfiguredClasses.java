package dev.schemabus.serde;

import org.apache.kafka.common.config.ConfigException;

/** Classes named in the configuration, which whoever runs the service has chosen; nothing from the wire gets here. */
final class ConfiguredClasses {

    private ConfiguredClasses() {}

    /** Without initialising it. Kafka's own message would name neither the key that was written nor a remedy. */
    static Class<?> load(String key, String className) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(className, false, loader == null ? ConfiguredClasses.class.getClassLoader() : loader);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(
                    key,
                    className,
                    "there is no such class on the class path (the name of a"
                            + " nested class has a $: com.acme.Orders$OrderPlaced)");
        }
    }

    /**
     * An object of a class that implements an SPI.
     *
     * @param choices the names that stand for what comes with Schemabus
     */
    static <T> T instance(String key, String className, Class<T> spi, String choices) {
        try {
            return load(key, className).asSubclass(spi).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException | ConfigException e) {
            throw new ConfigException(
                    key,
                    className,
                    "use " + choices + ", or the name of a class that implements " + spi.getName()
                            + " and has a public constructor without parameters");
        }
    }
}
