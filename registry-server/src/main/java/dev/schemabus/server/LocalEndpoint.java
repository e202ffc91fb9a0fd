package dev.schemabus.server;

import dev.schemabus.registry.RegistryEndpoint;
import org.jspecify.annotations.Nullable;

/** The {@link Router} without a network: what {@code memory:} URLs are answered by. */
final class LocalEndpoint implements RegistryEndpoint {

    private final Router router;

    LocalEndpoint(SubjectStore store) {
        router = new Router(store);
    }

    @Override
    public Answer answer(String verb, String path, @Nullable String body) {
        int question = path.indexOf('?');
        dev.schemabus.server.Answer answer = router.answer(
                        verb,
                        question < 0 ? path : path.substring(0, question),
                        question < 0 ? null : path.substring(question + 1),
                        () -> body == null ? "" : body)
                .answer();
        return new Answer(answer.status(), answer.body());
    }
}
