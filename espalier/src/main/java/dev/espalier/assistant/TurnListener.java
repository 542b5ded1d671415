// SPDX-License-Identifier: Apache-2.0
package dev.espalier.assistant;

/** Observer of one turn that was begun: see {@link AssistantListener#onTurn}. One of its methods is called, once, by the thread that has the answer; what it throws is the caller's error. */
public interface TurnListener {

    /** An observer that does nothing. */
    TurnListener NONE = new TurnListener() {};

    /** The answer has ended, whole or not, or cancelled. */
    default void onAnswer(Answer answer) {}

    /**
     * No answer came of it.
     *
     * @param cause a {@link dev.espalier.core.error.EspalierException} if the turn, or another that was asked for with it, was refused before anything was written
     */
    default void onFailure(Throwable cause) {}
}
