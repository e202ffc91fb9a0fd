package dev.schemabus.testkit.apicurio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;

/**
 * The list of what Apicurio does otherwise, {@code deviations.txt}: sections with a case in each line, and indented below
 * it what Apicurio does. A case that is listed must fail; one that passes must be taken off the list.
 */
final class Deviations implements InvocationInterceptor {

    private static final Map<String, Set<String>> LISTED = read();

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> sections = new LinkedHashMap<>();
        Set<String> section = new LinkedHashSet<>();
        try (InputStream in = Deviations.class.getResourceAsStream("deviations.txt")) {
            if (in == null) {
                throw new IOException("deviations.txt is not on the class path");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("## ")) {
                    section = new LinkedHashSet<>();
                    sections.put(line.substring(3), section);
                } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith(" ")) {
                    section.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sections;
    }

    static boolean has(String section, String line) {
        return LISTED.getOrDefault(section, Set.of()).contains(line);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context, method.getExecutable().getName());
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        run(invocation, context, method.getExecutable().getName() + " " + List.copyOf(method.getArguments()));
    }

    private static void run(Invocation<Void> invocation, ExtensionContext context, String test) throws Throwable {
        if (!has(context.getRequiredTestClass().getSimpleName(), test)) {
            invocation.proceed();
            return;
        }
        try {
            invocation.proceed();
        } catch (Exception | AssertionError e) {
            return;
        }
        throw new AssertionFailedError(test + " passes: it is no deviation any more, so take it off deviations.txt");
    }
}
