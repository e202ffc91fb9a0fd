package dev.schemabus.maven.javadoc;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;

/**
 * Where {@link CompilerJavadoc} meets the compiler's tree classes. They belong to the JDK's application class loader, which
 * the loaders of Maven plugins don't ask: their parent is the platform's.
 */
final class CompilerAccess extends ClassLoader {

    private static final String TREES = "com.sun.source.";
    private static final String READER = CompilerAccess.class.getPackageName() + ".CompilerJavadoc";

    private CompilerAccess() {
        super(CompilerAccess.class.getClassLoader());
    }

    static JavadocReader open() {
        try {
            Constructor<?> constructor = new CompilerAccess().loadClass(READER).getConstructor();
            return (JavadocReader) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no Java compiler here; run Maven on a JDK (" + e + ")", e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(TREES)) {
            return getSystemClassLoader().loadClass(name);
        }
        if (!name.startsWith(READER)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
