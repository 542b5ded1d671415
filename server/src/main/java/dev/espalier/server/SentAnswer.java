// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of one request. */
final class SentAnswer {

    private final Response response;
    private final Callback callback;
    private final IntConsumer ended;

    /**
     * What becomes of a request.
     *
     * @param ended told the status, once, before the last of the answer is sent; 499 if nobody is there any more
     */
    SentAnswer(Response response, Callback callback, IntConsumer ended) {
        this.response = response;
        this.callback = callback;
        this.ended = ended;
    }

    /** Where headers and frames go. */
    Response response() {
        return response;
    }

    void json(int code, ObjectNode body) {
        end(code, "application/json", body.toString());
    }

    void text(String type, String text) {
        end(200, type, text);
    }

    private void end(int status, String type, String text) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        ended.accept(status);
        UnreadBody.answer(response.getRequest(), response, text.getBytes(StandardCharsets.UTF_8), callback);
    }

    /** The frames are all sent. */
    void ended() {
        ended.accept(200);
        response.write(true, null, callback);
    }

    void error(ProtocolException e) {
        if (response.isCommitted()) {
            failed(e, e.status());
        } else {
            json(e.status(), e.body());
        }
    }

    void failed(Throwable e, int code) {
        if (response.isCommitted()) {
            ended.accept(code);
            callback.failed(e);
        } else {
            json(
                    code,
                    new ProtocolException(code, "server_error", "", "internal", String.valueOf(e.getMessage())).body());
        }
    }
}
