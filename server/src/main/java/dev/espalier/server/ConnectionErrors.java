// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Faults that the HTTP server finds itself, before a request has an endpoint, as the protocol writes errors. */
final class ConnectionErrors implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        boolean isClients = status < 500 || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
        ProtocolException error = new ProtocolException(
                status,
                isClients ? "invalid_request_error" : "server_error",
                "",
                isClients ? "bad-request" : "internal",
                message == null ? HttpStatus.getMessage(status) : message.toString());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Connections.addSafety(response.getHeaders());
        response.write(true, ByteBuffer.wrap(error.body().toString().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
