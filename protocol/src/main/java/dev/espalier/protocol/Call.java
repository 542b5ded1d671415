// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.core.Cancellation;
import tools.jackson.databind.node.ObjectNode;

/** A request that was understood. Answered once, by the thread that asks, which blocks meanwhile; its frames are sent by that thread, and the text pauses while one is being sent. */
public interface Call {

    /** Whether it is answered in frames. */
    boolean isStreamed();

    /** What the constraint in force is: the member that asked for it; empty for free text. */
    String constraint();

    /** The member that decides the form of the answer, such as {@code tools}; empty if none does. */
    String form();

    /**
     * Compiles the form of the answer, which is then there when the call is answered.
     *
     * @param cancellation ends it soon
     * @throws ProtocolException if it cannot be compiled
     * @throws dev.espalier.core.error.CancelledException if it is cancelled
     */
    void compile(Cancellation cancellation);

    /**
     * The whole answer.
     *
     * @param interruption ends it soon
     * @throws ProtocolException if there is none
     */
    ObjectNode answer(Interruption interruption);

    /**
     * The answer in frames. What goes wrong once the first was sent is a frame, too.
     *
     * @throws ProtocolException if there is none, before anything was sent
     */
    void stream(Frames frames, Interruption interruption);
}
