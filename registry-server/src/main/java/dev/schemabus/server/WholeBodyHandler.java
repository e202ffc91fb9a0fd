package dev.schemabus.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a request's body without a thread, and takes one when the body is whole: what follows reads it from memory.
 * So clients that send slowly, or not at all, cost no thread, however many they are; a deadline, and a limit for what all
 * bodies take together, bound the rest.
 */
final class WholeBodyHandler extends Handler.Wrapper {

    /** From the request's head to the end of its body. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final int maxRequestBytes;
    private final Duration limit;
    private final long maxBytesTogether;
    private final AtomicLong bytesTogether = new AtomicLong();

    /** @param maxRequestBytes the largest request body */
    WholeBodyHandler(int maxRequestBytes, Handler next) {
        // An eighth of the memory: a body is text and a tree before it is answered.
        this(
                maxRequestBytes,
                LIMIT,
                Math.max(maxRequestBytes, Runtime.getRuntime().maxMemory() / 8),
                next);
    }

    /**
     * @param limit for a body to arrive
     * @param maxBytesTogether what all bodies may take that have arrived in part, or whole and aren't answered yet
     */
    WholeBodyHandler(int maxRequestBytes, Duration limit, long maxBytesTogether, Handler next) {
        super(next);
        this.maxRequestBytes = maxRequestBytes;
        this.limit = limit;
        this.maxBytesTogether = maxBytesTogether;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() == 0) {
            return super.handle(request, response, callback);
        }
        Arrival arrival = new Arrival(request, response, callback);
        if (request.getLength() > maxRequestBytes) {
            arrival.refuse(42209, HttpRoutes.tooLarge(maxRequestBytes));
        } else {
            arrival.begin();
        }
        return true;
    }

    private boolean next(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    /** One body on its way. What it is told comes one after the other, but for the end of its time. */
    private final class Arrival implements Runnable {

        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final AtomicBoolean over = new AtomicBoolean();

        /** None as long as nothing had to be waited for. */
        private volatile Scheduler.@Nullable Task deadline;

        /** What it counts for in {@link #bytesTogether}. */
        private int held;

        Arrival(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        void begin() {
            run();
        }

        /** There is something to read, or will be: runs in a thread that may be kept. */
        @Override
        public void run() {
            while (!over.get()) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    if (deadline == null) {
                        deadline = request.getComponents()
                                .getScheduler()
                                .schedule(this::late, limit.toNanos(), TimeUnit.NANOSECONDS);
                    }
                    request.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    if (ends()) {
                        giveBack();
                        callback.failed(chunk.getFailure());
                    }
                    return;
                }
                boolean last = chunk.isLast();
                boolean taken = take(chunk);
                chunk.release();
                if (taken && last && ends()) {
                    answer();
                }
            }
        }

        private boolean take(Content.Chunk chunk) {
            int more = chunk.remaining();
            if (body.size() + more > maxRequestBytes) {
                refuse(42209, HttpRoutes.tooLarge(maxRequestBytes));
                return false;
            }
            if (!hold(more)) {
                refuse(503, "The server holds as many requests as it can: try again later");
                return false;
            }
            byte[] bytes = new byte[more];
            chunk.get(bytes, 0, more);
            body.write(bytes, 0, more);
            return true;
        }

        /** Counts what has come; false if there is no room for it, or nobody who waits for it any more. */
        private synchronized boolean hold(int more) {
            if (over.get()) {
                return false;
            }
            if (bytesTogether.addAndGet(more) > maxBytesTogether) {
                bytesTogether.addAndGet(-more);
                return false;
            }
            held += more;
            return true;
        }

        /** Only when it is over, so that nothing is held afterwards. */
        private synchronized void giveBack() {
            bytesTogether.addAndGet(-held);
            held = 0;
        }

        private boolean ends() {
            Scheduler.Task waiting = deadline;
            if (waiting != null) {
                waiting.cancel();
            }
            return over.compareAndSet(false, true);
        }

        private void answer() {
            try {
                if (!next(new Whole(request, body.toByteArray()), response, callback)) {
                    Response.writeError(request, response, callback, 404);
                }
            } catch (Throwable e) {
                Response.writeError(request, response, callback, e);
            } finally {
                giveBack();
            }
        }

        private void late() {
            refuse(408, "The request's body didn't arrive within " + limit.toSeconds() + " s");
        }

        /** The connection ends with it: nobody reads what is still to come. */
        void refuse(int code, String message) {
            if (ends()) {
                giveBack();
                response.setStatus(code < 1000 ? code : code / 100);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, HttpRoutes.CONTENT_TYPE);
                response.getHeaders().put(HttpHeader.CONNECTION, "close");
                byte[] text = Json.error(code, message).getBytes(StandardCharsets.UTF_8);
                response.write(true, ByteBuffer.wrap(text), callback);
            }
        }
    }

    /** A request whose body has arrived. */
    static final class Whole extends Request.Wrapper {

        private final Content.Source body;

        Whole(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public long getLength() {
            return body.getLength();
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
