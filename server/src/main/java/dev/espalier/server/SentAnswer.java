// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of one request. */
final class SentAnswer {

    private final Response response;
    private final Callback callback;
    private int status;

    SentAnswer(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    /** Where headers and frames go. */
    Response response() {
        return response;
    }

    /** The status that was sent; 499 if nobody was there any more. */
    int status() {
        return status;
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
            failed(e, e.status());
        } else {
            json(e.status(), e.body());
        }
    }

    void failed(Exception e, int code) {
        if (response.isCommitted()) {
            status = code;
            callback.failed(e);
        } else {
            json(
                    code,
                    new ProtocolException(code, "server_error", "", "internal", String.valueOf(e.getMessage())).body());
        }
    }
}
