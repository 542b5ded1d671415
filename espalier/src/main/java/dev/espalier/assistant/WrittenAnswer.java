// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.ToolAnswer;
import dev.espalier.tool.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of an answer has been told: kept for one that does not become whole, and handed on. Thread-safe. */
final class WrittenAnswer implements AnswerListener {

    private final AnswerListener listener;
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final List<ToolCall> calls = new ArrayList<>();

    WrittenAnswer(AnswerListener listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void onReasoning(String chunk) {
        reasoning.append(chunk);
        listener.onReasoning(chunk);
    }

    @Override
    public synchronized void onText(String chunk) {
        text.append(chunk);
        listener.onText(chunk);
    }

    @Override
    public synchronized void onCallBegin(int number, String id, String name) {
        listener.onCallBegin(number, id, name);
    }

    @Override
    public synchronized void onArguments(int number, String chunk) {
        listener.onArguments(number, chunk);
    }

    @Override
    public synchronized void onCall(int number, ToolCall call) {
        calls.add(call);
        listener.onCall(number, call);
    }

    @Override
    public synchronized void onRestart() {
        reasoning.setLength(0);
        text.setLength(0);
        calls.clear();
        listener.onRestart();
    }

    /** The answer so far. */
    synchronized ToolAnswer soFar() {
        return new ToolAnswer(
                reasoning.isEmpty() ? Optional.empty() : Optional.of(reasoning.toString()), text.toString(), calls);
    }
}
