// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.protocol.Call;
import dev.espalier.protocol.Protocol;
import dev.espalier.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests: one thread each, which blocks while its text is written. */
final class ApiHandler extends Handler.Abstract {

    private final Protocol protocol;
    private final ServerOptions options;
    private final ServerMetrics metrics;
    private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Function<ObjectNode, Call>> calls;
    private final String page = page();
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "espalier-pings");
        thread.setDaemon(true);
        return thread;
    });

    ApiHandler(Protocol protocol, ServerOptions options, ServerMetrics metrics) {
        this.protocol = protocol;
        this.options = options;
        this.metrics = metrics;
        this.calls = Map.of(
                "/v1/chat/completions", protocol::chat,
                "/v1/completions", protocol::completion,
                "/v1/responses", protocol::response);
    }

    /** A page to try a schema in the browser, which asks this server itself. */
    private static String page() {
        try (InputStream file = ApiHandler.class.getResourceAsStream("index.html")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what runs. */
    void cancelAll() {
        running.forEach(Cancellation::cancel);
        pings.shutdownNow();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long start = System.nanoTime();
        String path = request.getHttpURI().getCanonicalPath();
        Sent sent = new Sent(response, callback);
        try {
            handle(request, path, sent);
        } catch (ProtocolException e) {
            sent.error(e);
        } catch (EspalierException e) {
            sent.error(ProtocolException.of(e, ""));
        } catch (IOException | RuntimeException e) {
            sent.failed(e);
        }
        String endpoint = calls.containsKey(path) ? path : path.startsWith("/v1/models") ? "/v1/models" : "other";
        metrics.answered(endpoint, sent.status, Duration.ofNanos(System.nanoTime() - start));
        return true;
    }

    private void handle(Request request, String path, Sent sent) throws IOException {
        String method = request.getMethod();
        if (path.equals("/health")) {
            get(method, path);
            sent.json(200, JsonNodeFactory.instance.objectNode().put("status", "ok"));
            return;
        }
        if (path.equals("/")) {
            get(method, path);
            sent.text("text/html; charset=utf-8", page);
            return;
        }
        checkKey(request);
        if (path.equals("/metrics")) {
            get(method, path);
            sent.text("text/plain; version=0.0.4; charset=utf-8", metrics.text());
        } else if (path.equals("/v1/models")) {
            get(method, path);
            sent.json(200, protocol.list());
        } else if (path.startsWith("/v1/models/")) {
            get(method, path);
            sent.json(200, protocol.described(path.substring("/v1/models/".length())));
        } else if (path.equals("/tokenize")) {
            post(method, path);
            sent.json(200, protocol.tokens(body(request)));
        } else if (calls.containsKey(path)) {
            post(method, path);
            call(request, path, sent);
        } else {
            throw new ProtocolException(404, "invalid_request_error", "", "not-found", "there is no " + path);
        }
    }

    private static void get(String method, String path) {
        if (!method.equals("GET") && !method.equals("HEAD")) {
            throw wrongMethod("GET", path);
        }
    }

    private static void post(String method, String path) {
        if (!method.equals("POST")) {
            throw wrongMethod("POST", path);
        }
    }

    private static ProtocolException wrongMethod(String method, String path) {
        return new ProtocolException(
                405, "invalid_request_error", "", "wrong-method", path + " is asked with " + method);
    }

    private void checkKey(Request request) {
        if (options.keys().isEmpty()) {
            return;
        }
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        byte[] bytes = (given == null ? "" : given).getBytes(StandardCharsets.UTF_8);
        boolean isKnown = false;
        for (String key : options.keys()) {
            isKnown |= MessageDigest.isEqual(bytes, ("Bearer " + key).getBytes(StandardCharsets.UTF_8));
        }
        if (!isKnown) {
            throw new ProtocolException(
                    401, "invalid_request_error", "", "invalid_api_key", "the request has no key that is known here");
        }
    }

    private ObjectNode body(Request request) throws IOException {
        if (request.getLength() > options.maxBody()) {
            throw tooLong();
        }
        try (InputStream stream = Content.Source.asInputStream(request)) {
            byte[] body = stream.readNBytes(options.maxBody() + 1);
            if (body.length > options.maxBody()) {
                throw tooLong();
            }
            return Protocol.object(body);
        }
    }

    private ProtocolException tooLong() {
        return new ProtocolException(
                413,
                "invalid_request_error",
                "",
                "body-too-long",
                "the body is longer than " + options.maxBody() + " bytes");
    }

    private void call(Request request, String path, Sent sent) throws IOException {
        ObjectNode body = body(request);
        if (metrics.begin() > options.maxRequests()) {
            metrics.end();
            sent.response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            throw new ProtocolException(
                    429,
                    "rate_limit_error",
                    "",
                    "queue-full",
                    "more than " + options.maxRequests() + " requests are under way");
        }
        Cancellation gone = new Cancellation();
        running.add(gone);
        request.addFailureListener(failure -> gone.cancel());
        request.addIdleTimeoutListener(timeout -> false); // a request has its own timeout
        ObjectNode answer = null;
        try {
            Call call = Objects.requireNonNull(calls.get(path)).apply(body);
            Cancellation cancellation = gone.or(Cancellation.after(options.timeout()));
            if (!call.constraint().isEmpty()) {
                sent.response.getHeaders().put("Espalier-Constraint", call.constraint());
            }
            if (call.isStreamed()) {
                stream(call, sent, gone, cancellation);
            } else {
                answer = call.answer(cancellation);
            }
        } finally {
            running.remove(gone);
            metrics.end();
        }
        if (answer != null) {
            sent.json(200, answer); // its place is free before the client knows
        }
    }

    private void stream(Call call, Sent sent, Cancellation gone, Cancellation cancellation) throws IOException {
        SentFrames frames = new SentFrames(sent.response);
        long ping = options.ping().toMillis();
        ScheduledFuture<?> pinging = pings.scheduleAtFixedRate(
                () -> {
                    try {
                        frames.ping();
                    } catch (RuntimeException nobody) {
                        gone.cancel();
                    }
                },
                ping,
                ping,
                TimeUnit.MILLISECONDS);
        try {
            call.stream(frames, cancellation);
            sent.ended();
        } finally {
            pinging.cancel(false);
            frames.end();
        }
    }

    /** What becomes of one request. */
    private static final class Sent {

        private final Response response;
        private final Callback callback;
        private int status;

        Sent(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        void json(int code, ObjectNode body) {
            status = code;
            response.setStatus(code);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            end(body.toString());
        }

        void text(String type, String text) {
            status = 200;
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            end(text);
        }

        private void end(String text) {
            response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
        }

        /** The frames are all sent. */
        void ended() {
            status = 200;
            response.write(true, null, callback);
        }

        void error(ProtocolException e) {
            if (response.isCommitted()) {
                failed(e);
            } else {
                json(e.status(), e.body());
            }
        }

        void failed(Exception e) {
            status = 500;
            if (response.isCommitted()) {
                callback.failed(e);
            } else {
                json(
                        500,
                        new ProtocolException(500, "server_error", "", "internal", String.valueOf(e.getMessage()))
                                .body());
            }
        }
    }
}
