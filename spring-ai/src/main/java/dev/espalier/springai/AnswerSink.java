// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.core.Cancellation;
import dev.espalier.tool.AnswerListener;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.FluxSink;

/**
 * Sends an answer to one subscriber while it is written, no chunk before it is asked for. While none is, the thread that tells of the text waits, and after a few more tokens the text pauses; other texts
 * go on. A subscriber that leaves ends the text.
 */
final class AnswerSink implements AnswerListener {

    private final FluxSink<ChatResponse> sink;
    private final ResponseWriter writer;
    private final Cancellation cancellation = new Cancellation();

    AnswerSink(FluxSink<ChatResponse> sink, ResponseWriter writer) {
        this.sink = sink;
        this.writer = writer;
        sink.onRequest(asked -> wake());
        sink.onCancel(this::cancel);
    }

    /** Ends the answer. */
    void cancel() {
        cancellation.cancel();
        wake();
    }

    /** On when the subscriber has left, or the answer is ended otherwise. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** Tells the subscriber, if it is still there, that the answer failed. */
    void fail(Throwable cause) {
        if (!sink.isCancelled()) {
            sink.error(cause);
        }
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Waits until a chunk is wanted; false if none will be. */
    private synchronized boolean isWanted() {
        while (sink.requestedFromDownstream() == 0 && !cancellation.isRequested()) {
            try {
                wait();
            } catch (InterruptedException e) {
                cancellation.cancel();
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !cancellation.isRequested();
    }

    /** Sends a chunk when it is asked for. */
    void send(ChatResponse chunk) {
        if (isWanted()) {
            sink.next(chunk);
        }
    }

    @Override
    public void onText(String chunk) {
        send(writer.text(chunk));
    }

    @Override
    public void onReasoning(String chunk) {
        send(writer.thinking(chunk));
    }
}
