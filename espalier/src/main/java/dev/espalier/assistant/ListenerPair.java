// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import java.time.Duration;

/** Two observers; the second is told whatever the first throws. */
record ListenerPair(AssistantListener first, AssistantListener second) implements AssistantListener {

    @Override
    public TurnListener onTurn(String model, Turn turn) {
        TurnListener one = first.onTurn(model, turn);
        TurnListener other = second.onTurn(model, turn);
        return new TurnListener() {
            @Override
            public void onAnswer(Answer answer) {
                both(() -> one.onAnswer(answer), () -> other.onAnswer(answer));
            }

            @Override
            public void onFailure(Throwable cause) {
                both(() -> one.onFailure(cause), () -> other.onFailure(cause));
            }
        };
    }

    @Override
    public void onCompiled(String model, Turn turn, Duration time) {
        both(() -> first.onCompiled(model, turn, time), () -> second.onCompiled(model, turn, time));
    }

    @Override
    public void onAnswer(String model, Turn turn, Answer answer) {
        both(() -> first.onAnswer(model, turn, answer), () -> second.onAnswer(model, turn, answer));
    }

    @Override
    public void onRefusal(String model, Turn turn, String code) {
        both(() -> first.onRefusal(model, turn, code), () -> second.onRefusal(model, turn, code));
    }

    private static void both(Runnable first, Runnable second) {
        try {
            first.run();
        } finally {
            second.run();
        }
    }
}
