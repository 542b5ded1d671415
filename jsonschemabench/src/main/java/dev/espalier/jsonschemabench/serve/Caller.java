// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import java.util.OptionalInt;

/** A way to ask. Thread-safe. */
interface Caller extends AutoCloseable {

    /** What is said where the client went away. */
    String LEFT = "left";

    /**
     * Asks, and waits for the answer.
     *
     * @param leaving after how many frames, or twice as many milliseconds, the client goes away; empty if it stays
     * @param times takes the times of the frames
     * @return what the answer says, as {@link LoadAnswer} has it; {@link #LEFT} if the client went away before its end
     */
    String ask(LoadRequest request, OptionalInt leaving, FrameTimes times) throws Exception;

    @Override
    default void close() {}
}
