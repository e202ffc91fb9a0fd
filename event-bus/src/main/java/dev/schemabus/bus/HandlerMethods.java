package dev.schemabus.bus;

import dev.schemabus.bus.Handlers.Answer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;

/** Internal: finds the handlers of an object: its methods {@code on(event)} and {@code on(event, Delivered)}. */
final class HandlerMethods {

    private static final String NAME = "on";

    private HandlerMethods() {}

    /**
     * The answers that an object gives.
     *
     * @throws BusConfigurationException if it has none, or one that can't be called with an event
     */
    static <T> Map<Class<? extends T>, Answer<T>> of(Class<T> root, Object handler) {
        Class<?> type = handler.getClass();
        Map<Class<? extends T>, Answer<T>> answers = new LinkedHashMap<>();
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(NAME) && !method.isSynthetic() && !Modifier.isPublic(method.getModifiers())) {
                throw refuse(method, "it is not public: nobody would call it");
            }
        }
        for (Method method : type.getMethods()) {
            if (!method.getName().equals(NAME) || method.isBridge()) {
                continue;
            }
            Class<? extends T> event = event(root, method);
            if (answers.put(event, new Answer<>(caller(method, handler))) != null) {
                throw refuse(method, "there are two for " + event.getSimpleName() + ": keep one");
            }
        }
        if (answers.isEmpty()) {
            throw new BusConfigurationException(type.getName() + " handles nothing of " + root.getName()
                    + ": it needs public methods such as void on(" + firstRecord(root) + " event, Delivered context)");
        }
        return answers;
    }

    private static <T> Class<? extends T> event(Class<T> root, Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (Modifier.isStatic(method.getModifiers()) || method.getReturnType() != void.class) {
            throw refuse(method, "a handler is no static method and returns void: a result would be lost");
        }
        if (parameters.length == 0
                || parameters.length > 2
                || (parameters.length == 2 && parameters[1] != Delivered.class)) {
            throw refuse(method, "a handler takes an event, or an event and a Delivered");
        }
        if (!root.isAssignableFrom(parameters[0])) {
            throw refuse(method, parameters[0].getName() + " is not a type of " + root.getName());
        }
        return parameters[0].asSubclass(root);
    }

    private static <T> EventHandler<T> caller(Method method, Object handler) {
        if (!method.trySetAccessible()) {
            throw refuse(method, "its module doesn't open its package to dev.schemabus.bus");
        }
        boolean withContext = method.getParameterCount() == 2;
        return (event, context) -> {
            try {
                if (withContext) {
                    method.invoke(handler, event, context);
                } else {
                    method.invoke(handler, event);
                }
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        };
    }

    private static String firstRecord(Class<?> root) {
        return Handlers.records(root).iterator().next().getSimpleName();
    }

    private static BusConfigurationException refuse(Method method, String reason) {
        return new BusConfigurationException("The handler method " + method.toGenericString() + ": " + reason);
    }
}
