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
    private final Cancellation cancellation;

    AnswerSink(FluxSink<ChatResponse> sink, ResponseWriter writer, Cancellation cancellation) {
        this.sink = sink;
        this.writer = writer;
        this.cancellation = cancellation;
        sink.onRequest(asked -> wake());
        sink.onCancel(() -> {
            cancellation.cancel();
            wake();
        });
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Waits until a chunk is wanted; false if none will be. */
    private synchronized boolean isWanted() {
        while (sink.requestedFromDownstream() == 0 && !sink.isCancelled()) {
            try {
                wait();
            } catch (InterruptedException e) {
                cancellation.cancel();
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !sink.isCancelled();
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
