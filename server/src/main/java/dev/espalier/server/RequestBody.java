// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** The body of one request, which is read as it comes: no thread waits for the client. */
final class RequestBody implements Invocable.Task {

    private static final String LEAVE = RequestBody.class.getName() + ".leave";

    private final Request request;
    private final Response response;
    private final int most;
    private final Consumer<byte[]> whole;
    private final Consumer<ProtocolException> fault;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private @Nullable ScheduledFuture<?> ending;
    private boolean isOver;

    private RequestBody(
            Request request, Response response, int most, Consumer<byte[]> whole, Consumer<ProtocolException> fault) {
        this.request = request;
        this.response = response;
        this.most = most;
        this.whole = whole;
        this.fault = fault;
    }

    /**
     * Reads a body. One of the two is told, once.
     *
     * @param response tells clients who wait for leave ({@code Expect: 100-continue}) that they have it
     * @param most the most bytes
     * @param time the longest that it may take
     * @param timer ends what takes longer
     * @param whole takes the bytes, and may block: run by this thread if they are there already, else by one of the server's
     * @param fault takes what is wrong: the body is too long, late, or faulty; must not block
     */
    static void read(
            Request request,
            Response response,
            int most,
            Duration time,
            ScheduledExecutorService timer,
            Consumer<byte[]> whole,
            Consumer<ProtocolException> fault) {
        RequestBody body = new RequestBody(request, response, most, whole, fault);
        body.begin(time, timer).ifPresent(Runnable::run);
    }

    private synchronized Optional<Runnable> begin(Duration time, ScheduledExecutorService timer) {
        if (request.getLength() > most) {
            return ended(() -> fault.accept(tooLong()));
        }
        ending = timer.schedule(this::late, time.toMillis(), TimeUnit.MILLISECONDS);
        return next();
    }

    /** More has come. */
    @Override
    public void run() {
        try {
            next().ifPresent(request.getComponents().getThreadPool()::execute);
        } catch (RejectedExecutionException e) {
            fault.accept(ProtocolException.stopping());
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Reads what is there; what is to be done then, or nothing while there is more to come. */
    private synchronized Optional<Runnable> next() {
        while (!isOver) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                giveLeave();
                request.demand(this);
                return Optional.empty();
            } else if (Content.Chunk.isFailure(chunk)) {
                ProtocolException why = why(chunk.getFailure());
                return ended(() -> fault.accept(why));
            }
            byte[] bytes = new byte[chunk.remaining()];
            chunk.getByteBuffer().get(bytes);
            chunk.release();
            if (bytes.length > most - read.size()) {
                return ended(() -> fault.accept(tooLong()));
            }
            read.writeBytes(bytes);
            if (chunk.isLast()) {
                return ended(() -> whole.accept(read.toByteArray()));
            }
        }
        return Optional.empty();
    }

    private void giveLeave() {
        if (isAwaitingLeave(request)) {
            request.setAttribute(LEAVE, true);
            response.writeInterim(HttpStatus.CONTINUE_100, HttpFields.EMPTY);
        }
    }

    /** Whether a client waits before it sends the body until it is told to go on, and has not been told. */
    static boolean isAwaitingLeave(Request request) {
        return request.getHeaders().contains(HttpHeader.EXPECT) && request.getAttribute(LEAVE) == null;
    }

    private Optional<Runnable> ended(Runnable next) {
        isOver = true;
        if (ending != null) {
            ending.cancel(false);
        }
        return Optional.of(next);
    }

    private synchronized void late() {
        if (!isOver) {
            request.fail(new TimeoutException()); // runs this, which reads it
        }
    }

    private ProtocolException tooLong() {
        return new ProtocolException(
                413, "invalid_request_error", "", "body-too-long", "the body is longer than " + most + " bytes");
    }

    /** A client that has closed its connection is not told apart from one that sends no more, and may read. */
    private static ProtocolException why(Throwable failure) {
        return failure instanceof TimeoutException
                ? new ProtocolException(408, "timeout_error", "", "timeout", "the body did not come in time")
                : ProtocolException.invalid("", "body-faulty", "the body is faulty: " + failure.getMessage());
    }
}
