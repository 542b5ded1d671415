// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What is left of a body when its request is answered: refused by its head, or for its length. It is dropped as it comes, for a while, because a connection that is closed while
 * its client still sends takes the answer with it. In HTTP/1 the answer says that the connection ends ({@code Connection: close}), unless all has come already: the next request is
 * never looked for in the middle of a body. HTTP/2 ends the stream alone.
 */
final class UnreadBody implements Runnable {

    private static final long MOST_SECONDS = 5;

    /** What is read of a body to see whether all of it has come already. */
    private static final int MOST_CHUNKS = 64;

    private final Request request;
    private final Callback callback;
    private final boolean isOfHttp2;
    private final Scheduler.Task ending;
    private volatile boolean isLate;
    private boolean isOver;

    private UnreadBody(Request request, Callback callback) {
        this.request = request;
        this.callback = callback;
        this.isOfHttp2 = isOfHttp2(request);
        this.ending = request.getComponents().getScheduler().schedule(this::late, MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** Writes the whole of an answer, and then drops what is left of the body. */
    static void answer(Request request, Response response, byte[] text, Callback callback) {
        boolean hasMore = !isAllDropped(request);
        if (hasMore && !isOfHttp2(request)) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        boolean isSent = hasMore && !RequestBody.isAwaitingLeave(request);
        response.write(
                true,
                ByteBuffer.wrap(text),
                isSent ? Callback.from(() -> new UnreadBody(request, callback).run(), callback::failed) : callback);
    }

    private static boolean isOfHttp2(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /** Drops what has come; whether that is the end. */
    private static boolean isAllDropped(Request request) {
        for (int i = 0; i < MOST_CHUNKS; i++) {
            Content.Chunk chunk = request.read();
            if (chunk == null || Content.Chunk.isFailure(chunk)) {
                return false;
            }
            chunk.release();
            if (chunk.isLast()) {
                return true;
            }
        }
        return false;
    }

    /** More has come. */
    @Override
    public synchronized void run() {
        while (!isOver && !isLate) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            chunk.release();
            if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
                isOver = true;
                ending.cancel();
                callback.succeeded();
            }
        }
    }

    private void late() {
        isLate = true; // a client that sends without a pause would keep the lock
        end();
    }

    private synchronized void end() {
        if (!isOver) {
            isOver = true;
            if (isOfHttp2) {
                callback.succeeded();
            } else {
                callback.failed(new TimeoutException());
            }
        }
    }
}
