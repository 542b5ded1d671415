// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Faults that the HTTP server finds itself, before a request has an endpoint, as the protocol writes errors. What follows on a connection of HTTP/1 is not read: its answer says so. */
final class ConnectionErrors implements Request.Handler {

    private final int headBytes;

    /**
     * Faults of requests.
     *
     * @param headBytes the longest head
     */
    ConnectionErrors(int headBytes) {
        this.headBytes = headBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object detail = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        ProtocolException error = error(status, detail == null ? HttpStatus.getMessage(status) : detail.toString());
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Connections.addSafety(response.getHeaders());
        response.write(true, ByteBuffer.wrap(error.body().toString().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }

    private ProtocolException error(int status, String detail) {
        return switch (status) {
            case 400 ->
                refused(
                        status,
                        "the request cannot be read"
                                + (detail.equals(HttpStatus.getMessage(status)) ? "" : ": " + detail));
            case 414 -> refused(status, "the first line of the request is longer than " + headBytes + " bytes");
            case 417 -> refused(status, "Expect: only 100-continue is known");
            case 426, 505 -> refused(status, "only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here: " + detail);
            case 431 -> refused(status, "the head of the request is longer than " + headBytes + " bytes");
            case 503 -> ProtocolException.stopping();
            default ->
                status < 500
                        ? refused(status, detail)
                        : new ProtocolException(status, "server_error", "", "internal", detail);
        };
    }

    private static ProtocolException refused(int status, String message) {
        return new ProtocolException(status, "invalid_request_error", "", "bad-request", message);
    }
}
