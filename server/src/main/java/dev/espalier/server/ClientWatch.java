// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client of HTTP/1.1 has closed its connection, or its half of it, while its request is being answered. The body of the request has been read by then, so nothing else
 * reads from the connection, and the server would only notice when it writes. What a client sends meanwhile (a pipelined request) is kept, and handed back to the connection before the answer is.
 * HTTP/2 has no need of it.
 */
final class ClientWatch implements AutoCloseable {

    private static final long EVERY_MILLIS = 200;

    /** What is kept of later requests; the connection's own buffer, which takes it, is larger. */
    private static final int MOST_BYTES = 1024;

    private final @Nullable HttpConnection connection;
    private final Runnable gone;
    private final ByteBuffer early = BufferUtil.allocate(MOST_BYTES);
    private @Nullable ScheduledFuture<?> looking;
    private boolean isOver;

    private ClientWatch(Connection connection, Runnable gone) {
        this.connection = connection instanceof HttpConnection http ? http : null;
        this.gone = gone;
    }

    /**
     * Watches the client of a request whose body has been read to its end, until it is closed, by the thread that answers and before it does.
     *
     * @param gone run once if the client goes
     */
    static ClientWatch of(Request request, ScheduledExecutorService looks, Runnable gone) {
        ClientWatch watch = new ClientWatch(request.getConnectionMetaData().getConnection(), gone);
        // a client that has sent its next request already waits for this answer
        if (watch.connection != null && watch.connection.isRequestBufferEmpty()) {
            watch.looking =
                    looks.scheduleWithFixedDelay(watch::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    private synchronized void look() {
        if (isOver || connection == null || BufferUtil.space(early) == 0) {
            return;
        }
        boolean isClosed;
        try {
            isClosed = connection.getEndPoint().fill(early) < 0;
        } catch (IOException e) {
            isClosed = true;
        }
        if (isClosed) {
            isOver = true;
            gone.run();
        }
    }

    /** Looks no more, and hands back what was read. */
    @Override
    public synchronized void close() {
        isOver = true;
        if (looking != null) {
            looking.cancel(false);
        }
        if (connection != null && BufferUtil.hasContent(early)) {
            connection.onUpgradeTo(early);
        }
    }
}
