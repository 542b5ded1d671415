// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

/**
 * Observer of the parts of an answer that is being written. All methods do nothing by default. Called by the thread that tells of its text, one call at a time.
 *
 * <p>All chunks of a part together are that part of the finished answer. What may still turn out to be a mark is not told before it is certain. Where the answer ends before it is whole, what was told
 * is the beginning of it.
 */
public interface AnswerListener {

    /** An observer that does nothing. */
    AnswerListener NONE = new AnswerListener() {};

    /** The reasoning grew. */
    default void onReasoning(String chunk) {}

    /**
     * What is said to the user begins, before its first chunk is told. It is one stretch of the text that is written.
     *
     * @param place where it begins there, in {@code char}s
     */
    default void onTextBegin(int place) {}

    /** What is said to the user grew. */
    default void onText(String chunk) {}

    /**
     * A call begins: its tool and its id are certain.
     *
     * @param number which call it is, from 0
     */
    default void onCallBegin(int number, String id, String name) {}

    /** The arguments of a call grew, which are JSON. In conventions that do not write JSON, or write ids behind arguments, they come in one piece when the call is closed. */
    default void onArguments(int number, String chunk) {}

    /** The text of a call is closed. It will be in the answer as it is, unless the answer is begun anew or cannot be completed. */
    default void onCall(int number, ToolCall call) {}

    /** All that was written is taken back, the calls too, and another answer is begun. */
    default void onRestart() {}
}
