package dev.schemabus.server;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets those through who say who they are (HTTP basic authentication, RFC 7617) and whose role allows the request. */
final class Authenticating extends Handler.Wrapper {

    /** What supervisors ask, who have no password and learn no schema. */
    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");

    private static final int MILLIS_TO_WAIT = 1_000;

    /** They wait in a thread of the server's, which others need: a known user, and who asks whether it lives. */
    private static final int MOST_WAITING = 16;

    private final Users users;

    private final Semaphore room;

    /** To check a password keeps a processor busy; there must be some left. */
    private final Semaphore checks =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    Authenticating(Users users, Handler handler) {
        this(users, MOST_WAITING, handler);
    }

    /** @param mostWaiting how many passwords may be checked or wait for it; the others are told to come back */
    Authenticating(Users users, int mostWaiting, Handler handler) {
        super(handler);
        this.users = users;
        this.room = new Semaphore(mostWaiting);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Optional.ofNullable(request.getHttpURI().getPath()).orElse("/");
        if (OPEN.contains(path) && request.getMethod().equals("GET")) {
            return super.handle(request, response, callback);
        }
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        Optional<Users.Login> login = Optional.ofNullable(header).flatMap(Users.Login::parse);
        if (login.isEmpty()) {
            return refuse(response, callback, 401, "This registry wants a user and a password");
        }
        Optional<Users.User> user = users.known(login.get());
        if (user.isEmpty() && !users.wasWrong(login.get())) {
            if (!room.tryAcquire()) {
                return tooMany(response, callback);
            }
            try {
                if (!checks.tryAcquire(MILLIS_TO_WAIT, TimeUnit.MILLISECONDS)) {
                    return tooMany(response, callback);
                }
                try {
                    // Somebody may have sent the same meanwhile: clients begin with many requests at a time.
                    user = users.known(login.get());
                    if (user.isEmpty() && !users.wasWrong(login.get())) {
                        user = users.checked(login.get());
                    }
                } finally {
                    checks.release();
                }
            } finally {
                room.release();
            }
        }
        if (user.isEmpty()) {
            return refuse(response, callback, 401, "The user or the password is wrong");
        }
        Role needed = needed(request.getMethod(), path);
        if (!user.get().role().includes(needed)) {
            return refuse(
                    response,
                    callback,
                    403,
                    "User '" + user.get().name() + "' has the role "
                            + user.get().role() + ", and " + request.getMethod() + " needs " + needed + " there");
        }
        return super.handle(request, response, callback);
    }

    private static boolean tooMany(Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        return refuse(response, callback, 429, "Too many logins at a time");
    }

    private static Role needed(String verb, String path) {
        try {
            return Role.needed(verb, Route.decoded(path));
        } catch (IllegalArgumentException e) {
            return Role.ADMIN;
        }
    }

    private static boolean refuse(Response response, Callback callback, int status, String message) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpRoutes.CONTENT_TYPE);
        if (status == 401) {
            response.getHeaders()
                    .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"schema registry\", charset=\"UTF-8\"");
        }
        Content.Sink.write(response, true, Json.error(status, message), callback);
        return true;
    }
}
