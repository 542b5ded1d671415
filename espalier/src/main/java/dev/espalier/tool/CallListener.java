// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

/** Observer of the calls of an answer that is being written. Called by the thread that writes it, which waits meanwhile. */
@FunctionalInterface
public interface CallListener {

    /**
     * The text of a call is closed. It will be in the answer as it is, unless the answer is begun anew or cannot be completed.
     *
     * @param number which call it is, from 0
     */
    void onCall(int number, ToolCall call);

    /** All that was written is taken back, the calls too, and another answer is begun. */
    default void onRestart() {}
}
