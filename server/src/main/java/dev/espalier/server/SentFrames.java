// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Frames as server-sent events. Writing them blocks while the client takes nothing; pings never block. Frames come from one thread, pings from another. */
final class SentFrames implements Frames {

    private static final byte[] PING = ": ping\n\n".getBytes(StandardCharsets.UTF_8);

    private final Response response;
    private final ReentrantLock writing = new ReentrantLock();
    /** Whether the last ping has been taken. */
    private CompletableFuture<@Nullable Void> pinged = CompletableFuture.completedFuture(null);

    private boolean isBegun;
    private boolean isDone;
    private boolean isQuiet;

    SentFrames(Response response) {
        this.response = response;
    }

    @Override
    public void send(String event, ObjectNode data) {
        write((event.isEmpty() ? "" : "event: " + event + "\n") + "data: " + data + "\n\n");
    }

    @Override
    public void done() {
        write("data: [DONE]\n\n");
    }

    /**
     * Sends a comment, if there has been no frame since the last call.
     *
     * @param gone run if nobody is there any more
     */
    void ping(Runnable gone) {
        if (!writing.tryLock()) {
            return; // a frame is being sent
        }
        try {
            if (isBegun && !isDone && isQuiet && pinged.isDone()) {
                CompletableFuture<@Nullable Void> taken = new CompletableFuture<>();
                pinged = taken;
                response.write(false, ByteBuffer.wrap(PING), Callback.from(() -> taken.complete(null), failure -> {
                    gone.run();
                    taken.completeExceptionally(failure);
                }));
            }
            isQuiet = true;
        } finally {
            writing.unlock();
        }
    }

    /** No more pings; waits until the last one has been taken. */
    void end() {
        writing.lock();
        try {
            isDone = true;
            pinged.exceptionally(gone -> null).join();
        } finally {
            writing.unlock();
        }
    }

    private void write(String text) {
        writing.lock();
        try {
            if (!isBegun) {
                isBegun = true;
                response.setStatus(200);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
                response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
                response.getHeaders().put("X-Accel-Buffering", "no");
            }
            isQuiet = false;
            pinged.join();
            Content.Sink.write(response, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writing.unlock();
        }
    }
}
