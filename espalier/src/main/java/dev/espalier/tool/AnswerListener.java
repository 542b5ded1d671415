// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

/** Observer of the parts of an answer that is being written. Called by the thread that tells of its text. */
public interface AnswerListener extends CallListener {

    /** An observer that does nothing. */
    AnswerListener NONE = new AnswerListener() {};

    /** The reasoning grew. */
    default void onReasoning(String chunk) {}

    /** What is said to the user grew. */
    default void onText(String chunk) {}

    /** A call begins: its tool and id are certain. */
    default void onCallBegin(int number, String id, String name) {}

    /** The arguments of a call grew, which are JSON. */
    default void onArguments(int number, String chunk) {}

    @Override
    default void onCall(int number, ToolCall call) {}
}
