// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

import java.time.Duration;
import java.util.Objects;

/** Observer of all answers of an assistant, for metrics and traces. Called by the thread that has the answer, several at a time; what it throws is the caller's error. */
public interface AssistantListener {

    /** An observer that does nothing. */
    AssistantListener NONE = new AssistantListener() {};

    /**
     * A turn is asked for; nothing is compiled or written yet. Called by the thread that asks.
     *
     * @param model the model's name
     * @param turn what is asked
     * @return what is told of this turn's end
     */
    default TurnListener onTurn(String model, Turn turn) {
        return TurnListener.NONE;
    }

    /**
     * The form of a turn was compiled ahead of its answer, and no equal one was kept. Its answer finds it, and has no time of compiling in its {@link Answer#stats}.
     *
     * @param model the model's name
     * @param turn what will be asked
     * @param time how long that took
     */
    default void onCompiled(String model, Turn turn, Duration time) {}

    /**
     * An answer has ended, whole or not.
     *
     * @param model the model's name
     * @param turn what was asked
     * @param answer with its tokens, times and probabilities in {@link Answer#outcome()}
     */
    default void onAnswer(String model, Turn turn, Answer answer) {}

    /**
     * A turn was refused before anything was written.
     *
     * @param model the model's name
     * @param turn what was asked
     * @param code the stable name of the error: {@code syntax}, {@code limit} …
     */
    default void onRefusal(String model, Turn turn, String code) {}

    /** Tells another observer, too, after this one. */
    default AssistantListener and(AssistantListener other) {
        return new ListenerPair(this, Objects.requireNonNull(other, "other"));
    }
}
