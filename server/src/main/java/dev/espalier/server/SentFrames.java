// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import tools.jackson.databind.node.ObjectNode;

/** Frames as server-sent events. Writing blocks while the client takes nothing. Frames come from one thread, pings from another. */
final class SentFrames implements Frames {

    private final Response response;
    private boolean isBegun;
    private boolean isDone;
    private boolean isQuiet;

    SentFrames(Response response) {
        this.response = response;
    }

    /** Whether the client has been told anything. */
    synchronized boolean isBegun() {
        return isBegun;
    }

    @Override
    public synchronized void send(String event, ObjectNode data) {
        if (!isBegun) {
            isBegun = true;
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
            response.getHeaders().put("X-Accel-Buffering", "no");
        }
        isQuiet = false;
        write((event.isEmpty() ? "" : "event: " + event + "\n") + "data: " + data + "\n\n");
    }

    @Override
    public synchronized void done() {
        write("data: [DONE]\n\n");
    }

    /** Sends a comment, if there has been no frame since the last call. */
    synchronized void ping() {
        if (isBegun && !isDone && isQuiet) {
            write(": ping\n\n");
        }
        isQuiet = true;
    }

    /** No more pings. */
    synchronized void end() {
        isDone = true;
    }

    private void write(String text) {
        try {
            Content.Sink.write(response, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
