// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ModelException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request that is not answered, as the API says it: an HTTP status, and what is wrong where. */
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final String param;
    private final String code;

    /**
     * A refusal.
     *
     * @param status an HTTP status of 400 or more
     * @param type the kind of error: {@code invalid_request_error}, {@code rate_limit_error}, {@code server_error} …
     * @param param the member of the request, such as {@code messages[0].content}; empty if it is none
     * @param code a stable name
     */
    public ProtocolException(int status, String type, String param, String code, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    /** A member of a request that cannot be kept: status 400. */
    public static ProtocolException invalid(String param, String code, String message) {
        return new ProtocolException(400, "invalid_request_error", param, code, message);
    }

    /** A call that took too long: status 408. */
    public static ProtocolException late(Duration timeout) {
        return new ProtocolException(
                408,
                "timeout_error",
                "",
                "timeout",
                "the answer took longer than " + timeout.toMillis() / 1000.0 + " seconds");
    }

    /** A client that does not wait for its answer: status 499, as proxies log it. */
    public static ProtocolException gone() {
        return new ProtocolException(499, "client_error", "", "client-gone", "the client has closed its connection");
    }

    /** A text that was begun anew after some of it had been sent. */
    static ProtocolException restart() {
        return new ProtocolException(
                500, "server_error", "", "restart", "the answer was begun anew; what was sent is void");
    }

    /** A model that is unloaded: status 503. */
    public static ProtocolException unloaded(String model) {
        return new ProtocolException(
                503, "server_error", "model", "model-unloaded", "model: \"" + model + "\" is being unloaded");
    }

    /** A server that is stopped: status 503. */
    public static ProtocolException stopping() {
        return new ProtocolException(503, "server_error", "", "stopping", "the server is being stopped");
    }

    /**
     * What an error of the engine comes to.
     *
     * @param param the member that it is about, if it is about the request
     */
    public static ProtocolException of(EspalierException cause, String param) {
        return of(cause, param, "max_tokens");
    }

    /**
     * What an error of the engine comes to.
     *
     * @param param the member that it is about, if it is about the request
     * @param budget the member that says how long the answer may be
     */
    static ProtocolException of(EspalierException cause, String param, String budget) {
        return of(cause, param, budget, ClientWords.of(cause, budget));
    }

    /** What an error in a tool's part of the form comes to. */
    static ProtocolException ofTool(EspalierException cause, FormParts.ToolPart part, String budget) {
        String message =
                part.param() + ": the tool \"" + part.tool().name() + "\": " + ClientWords.ofTool(cause, budget);
        return of(cause, part.param(), budget, message);
    }

    private static ProtocolException of(EspalierException cause, String param, String budget, String message) {
        String code = ClientWords.innermost(cause).code();
        ProtocolException error;
        if (cause instanceof ModelException || cause instanceof InvalidLogitsException) {
            error = new ProtocolException(500, "server_error", "", code, message);
        } else if (cause instanceof CancelledException) {
            error = new ProtocolException(408, "timeout_error", "", code, message);
        } else if (cause instanceof LimitExceededException limit
                && limit.limit().equals("maxWaiting")) {
            error = new ProtocolException(
                    429, "rate_limit_error", "", "queue-full", "more requests wait than may; try again later");
        } else {
            error = invalid(isOfBudget(cause) ? budget : param, code, message);
        }
        error.initCause(cause);
        return error;
    }

    private static boolean isOfBudget(EspalierException cause) {
        return cause instanceof IncompleteException
                || (cause instanceof LimitExceededException limit
                        && limit.limit().equals("maxTokens"));
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The member of the request; empty if it is none. */
    public Optional<String> param() {
        return param.isEmpty() ? Optional.empty() : Optional.of(param);
    }

    /** The stable name of the error. */
    public String code() {
        return code;
    }

    /** The body: {@code {"error": {"message", "type", "param", "code"}}}. */
    public ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error");
        error.put("message", getMessage());
        error.put("type", type);
        if (param.isEmpty()) {
            error.putNull("param");
        } else {
            error.put("param", param);
        }
        error.put("code", code);
        return body;
    }
}
