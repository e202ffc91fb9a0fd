package dev.schemabus.testkit;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the real parts they ask for, as parameters of test methods, of constructors and of life-cycle methods:
 *
 * <pre>{@code
 * @ExtendWith(SchemabusExtension.class)
 * class OrdersTest {
 *     @Test
 *     void anOrderArrives(EmbeddedKafka kafka, EmbeddedRegistry registry) { ... }
 * }
 * }</pre>
 *
 * <p>There is one {@link EmbeddedKafka} with one node and one {@link EmbeddedRegistry} for all test classes of a run: each
 * starts when the first of them asks for it, and is closed after the last. So a test takes topic, group and subject names of
 * its own, and a test that stops a part starts one of its own.
 */
public final class SchemabusExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SchemabusExtension.class);

    // All that a test can ask for: one line per type.
    private static final Map<Class<?>, Supplier<? extends AutoCloseable>> PARTS =
            Map.of(EmbeddedKafka.class, EmbeddedKafka::start, EmbeddedRegistry.class, EmbeddedRegistry::start);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARTS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        var start = requireNonNull(PARTS.get(type), "supportsParameter said no");
        return shared(context.getRoot().getStore(NAMESPACE), type, start).part();
    }

    @SuppressWarnings("deprecation") // JUnit 6 has another name for it that JUnit 5 doesn't know
    private static Shared shared(Store store, Class<?> type, Supplier<? extends AutoCloseable> start) {
        return requireNonNull(store.getOrComputeIfAbsent(type, absent -> new Shared(start.get()), Shared.class));
    }

    /**
     * The root store closes it when all tests have run: before JUnit 5.13 as the one interface, since then as the other.
     */
    @SuppressWarnings({"deprecation", "try"}) // see there; and whatever a part throws is for JUnit to report
    private record Shared(AutoCloseable part) implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() throws Exception {
            part.close();
        }
    }
}
