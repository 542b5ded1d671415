// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What of an answer has been told: kept for one that does not become whole, and handed on, with ids that no earlier call of the conversation has and up to the first stop. Thread-safe.
 */
final class WrittenAnswer implements AnswerListener {

    private final AnswerListener listener;
    private final Runnable stop;
    private final UnaryOperator<ToolCall> named;
    private final StoppedText stopped;
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();
    private boolean hasBegun;

    /**
     * Nothing is told yet.
     *
     * @param stops texts that end what is said
     * @param listener whom to tell
     * @param stop run when the first stop is there
     * @param named gives calls their ids
     */
    WrittenAnswer(List<String> stops, AnswerListener listener, Runnable stop, UnaryOperator<ToolCall> named) {
        this.listener = listener;
        this.stop = stop;
        this.named = named;
        this.stopped = new StoppedText(stops, this::tell);
    }

    private void tell(String chunk) {
        text.append(chunk);
        listener.onText(chunk);
    }

    @Override
    public synchronized void onReasoning(String chunk) {
        if (stopped.isStopped()) {
            return;
        }
        reasoning.append(chunk);
        listener.onReasoning(chunk);
    }

    @Override
    public synchronized void onTextBegin(int place) {
        if (!hasBegun) {
            hasBegun = true;
            listener.onTextBegin(place);
        }
    }

    @Override
    public synchronized void onText(String chunk) {
        stopped.add(chunk);
        if (stopped.isStopped()) {
            stop.run();
        }
    }

    @Override
    public synchronized void onCallBegin(int number, String id, String name) {
        stopped.end();
        if (!stopped.isStopped()) {
            listener.onCallBegin(number, named.apply(new ToolCall(id, name, "")).id(), name);
        }
    }

    @Override
    public synchronized void onArguments(int number, String chunk) {
        if (!stopped.isStopped()) {
            listener.onArguments(number, chunk);
        }
    }

    @Override
    public synchronized void onCall(int number, ToolCall call) {
        if (!stopped.isStopped()) {
            ToolCall own = named.apply(call);
            calls.add(own);
            listener.onCall(number, own);
        }
    }

    @Override
    public synchronized void onRestart() {
        reasoning.setLength(0);
        text.setLength(0);
        calls.clear();
        hasBegun = false;
        stopped.restart();
        listener.onRestart();
    }

    /** Nothing more of it counts. */
    synchronized void stop() {
        stopped.stop();
        stop.run();
    }

    /** There is nothing more. */
    synchronized void end() {
        stopped.end();
    }

    /** Whether a stop ended it. */
    synchronized boolean isStopped() {
        return stopped.isStopped();
    }

    /** The answer so far. */
    synchronized ToolAnswer soFar() {
        return new ToolAnswer(
                reasoning.isEmpty() ? Optional.empty() : Optional.of(reasoning.toString()), text.toString(), calls);
    }
}
