// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.core.error.EspalierException;
import dev.espalier.protocol.Call;
import dev.espalier.protocol.Interruption;
import dev.espalier.protocol.Protocol;
import dev.espalier.protocol.ProtocolException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests: one thread each, from when its body has come, which blocks while its text is written. */
final class ApiHandler extends Handler.Abstract {

    private static final Set<String> UNLOAD = Set.of("/v1/models/unload", "/models/unload");

    private final Protocol protocol;
    private final ServerOptions options;
    private final ServerMetrics metrics;
    private final RequestRules rules;
    private final UnderWay underWay = new UnderWay();
    private final CompilePool compiling;
    private final Map<String, Function<ObjectNode, ObjectNode>> questions;
    private final Map<String, Function<ObjectNode, Call>> calls;
    private final Page page = Page.read();
    /** Sends pings, and looks whether clients are still there; nothing that it does waits for a client. */
    private final ScheduledExecutorService looks = looks();

    ApiHandler(Protocol protocol, ServerOptions options, ServerMetrics metrics) {
        this.protocol = protocol;
        this.options = options;
        this.metrics = metrics;
        this.rules = new RequestRules(options);
        this.calls = Map.of(
                "/v1/chat/completions", protocol::chat,
                "/v1/completions", protocol::completion,
                "/v1/responses", protocol::response);
        this.compiling = new CompilePool(options.compilations(), options.compileTimeout(), metrics);
        this.questions = Map.of(
                "/tokenize", protocol::tokens,
                "/detokenize", protocol::text,
                "/v1/models/load", protocol::load,
                "/models/load", protocol::load);
    }

    private static ScheduledExecutorService looks() {
        ScheduledThreadPoolExecutor looks = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "espalier-clients");
            thread.setDaemon(true);
            return thread;
        });
        looks.setRemoveOnCancelPolicy(true); // what has ended is not held until its deadline
        return looks;
    }

    /** Takes no more requests, lets those under way end for a while, and ends what is left. */
    void endAll() {
        underWay.stop(options.patience());
        compiling.close();
        looks.shutdownNow();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long start = System.nanoTime();
        String path = Objects.requireNonNullElse(request.getHttpURI().getCanonicalPath(), "");
        String endpoint = calls.containsKey(path) ? path : path.startsWith("/v1/models") ? "/v1/models" : "other";
        SentAnswer sent = new SentAnswer(
                response,
                callback,
                status -> metrics.answered(endpoint, status, Duration.ofNanos(System.nanoTime() - start)));
        attempt(sent, () -> handle(request, path, sent));
        return true;
    }

    /** Does something that answers a request, now or later; what it throws is the answer. */
    private static void attempt(SentAnswer sent, Runnable step) {
        try {
            step.run();
        } catch (ProtocolException e) {
            sent.error(e);
        } catch (EspalierException e) {
            sent.error(ProtocolException.of(e, ""));
        } catch (RejectedExecutionException e) {
            sent.error(ProtocolException.stopping());
        } catch (RuntimeException | Error e) {
            sent.failed(e, 500);
        }
    }

    private void handle(Request request, String path, SentAnswer sent) {
        HttpFields.Mutable answer = sent.response().getHeaders();
        rules.check(request);
        if (path.equals("/health")) {
            get(request, answer);
            boolean isReady = protocol.isReady() && !underWay.isStopping();
            String status = isReady ? "ok" : underWay.isStopping() ? "stopping" : "loading";
            sent.json(isReady ? 200 : 503, JsonNodeFactory.instance.objectNode().put("status", status));
            return;
        }
        if (path.equals("/")) {
            get(request, answer);
            answer.put("Content-Security-Policy", page.policy());
            answer.put("Referrer-Policy", "no-referrer");
            sent.text("text/html; charset=utf-8", page.text());
            return;
        }
        rules.checkKey(request, answer);
        if (path.equals("/metrics")) {
            get(request, answer);
            sent.text("text/plain; version=0.0.4; charset=utf-8", metrics.text());
        } else if (path.equals("/v1/models")) {
            get(request, answer);
            sent.json(200, protocol.list());
        } else if (questions.containsKey(path) || calls.containsKey(path) || UNLOAD.contains(path)) {
            allow(request, "POST", "POST", answer);
            RequestRules.checkBody(request, answer);
            Interruption interruption = new Interruption(options.timeout());
            body(request, sent, body -> answer(request, path, body, sent, interruption));
        } else if (path.startsWith("/v1/models/")) {
            get(request, answer);
            sent.json(200, protocol.described(name(path)));
        } else {
            throw new ProtocolException(404, "invalid_request_error", "", "not-found", "there is no " + path);
        }
    }

    /** The name of a model in a path; a slash in it may be written as it is, or as {@code %2F}. */
    private static String name(String path) {
        String name = path.substring("/v1/models/".length()).replace("+", "%2B");
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    private static void get(Request request, HttpFields.Mutable answer) {
        if (!HttpMethod.HEAD.is(request.getMethod())) {
            allow(request, "GET", "GET, HEAD", answer);
        }
    }

    private static void allow(Request request, String method, String methods, HttpFields.Mutable answer) {
        if (!request.getMethod().equals(method)) {
            answer.put(HttpHeader.ALLOW, methods);
            throw new ProtocolException(
                    405,
                    "invalid_request_error",
                    "",
                    "wrong-method",
                    request.getHttpURI().getCanonicalPath() + " takes " + methods + ", but not " + request.getMethod());
        }
    }

    /** Reads the body of a request, and then answers it. */
    private void body(Request request, SentAnswer sent, Consumer<ObjectNode> answer) {
        RequestBody.read(
                request,
                sent.response(),
                options.maxBody(),
                options.timeout(),
                looks,
                bytes -> attempt(sent, () -> answer.accept(members(bytes))),
                sent::error);
    }

    private static ObjectNode members(byte[] body) {
        if (body.length == 0) {
            throw ProtocolException.invalid("", "not-json", "the request has no body; expected a JSON object");
        }
        return Protocol.object(body);
    }

    private void answer(Request request, String path, ObjectNode body, SentAnswer sent, Interruption interruption) {
        if (UNLOAD.contains(path)) {
            String model = protocol.toUnload(body);
            underWay.unload(model, options.patience(), () -> protocol.unload(model));
            sent.json(200, protocol.described(model));
            return;
        }
        if (metrics.begin() > options.maxRequests()) {
            metrics.end();
            sent.response().getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            throw new ProtocolException(
                    429,
                    "rate_limit_error",
                    "",
                    "queue-full",
                    "more than " + options.maxRequests() + " requests are under way");
        }
        Optional<ObjectNode> answer;
        try {
            underWay.begin(interruption, protocol.modelOf(body));
            answer = calls.containsKey(path)
                    ? call(request, path, body, sent, interruption)
                    : Optional.of(Objects.requireNonNull(questions.get(path)).apply(body));
        } finally {
            underWay.end(interruption);
            metrics.end();
        }
        answer.ifPresent(whole -> sent.json(200, whole)); // its place is free before the client knows
    }

    /** The answer of a call; empty if it has been sent in frames. */
    private Optional<ObjectNode> call(
            Request request, String path, ObjectNode body, SentAnswer sent, Interruption interruption) {
        Runnable gone = () -> interruption.end(ProtocolException.gone());
        request.addFailureListener(failure -> gone.run());
        request.addIdleTimeoutListener(timeout -> interruption.isRequested()); // a request has its own timeout
        try (ClientWatch watch = ClientWatch.of(request, looks, gone)) {
            return answered(Objects.requireNonNull(calls.get(path)).apply(body), sent, interruption);
        }
    }

    private Optional<ObjectNode> answered(Call call, SentAnswer sent, Interruption interruption) {
        if (!call.constraint().isEmpty()) {
            sent.response().getHeaders().put("Espalier-Constraint", call.constraint());
        }
        Duration compiled = compiling.compile(call, interruption);
        sent.response()
                .getHeaders()
                .put("Server-Timing", String.format(Locale.ROOT, "compile;dur=%.3f", compiled.toNanos() / 1e6));
        if (!call.isStreamed()) {
            return Optional.of(call.answer(interruption));
        }
        stream(call, sent, interruption);
        return Optional.empty();
    }

    private void stream(Call call, SentAnswer sent, Interruption interruption) {
        SentFrames frames = new SentFrames(sent.response());
        long ping = options.ping().toMillis();
        ScheduledFuture<?> pinging = looks.scheduleAtFixedRate(
                () -> frames.ping(() -> interruption.end(ProtocolException.gone())), ping, ping, TimeUnit.MILLISECONDS);
        try {
            call.stream(frames, interruption);
        } finally {
            pinging.cancel(false);
            frames.end();
        }
        sent.ended();
    }
}
