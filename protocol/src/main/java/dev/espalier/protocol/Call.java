// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import tools.jackson.databind.node.ObjectNode;

/** A request that was understood. Answered once, by the thread that asks, which blocks meanwhile; its frames are sent by that thread, and the text pauses while one is being sent. */
public interface Call {

    /** Whether it is answered in frames. */
    boolean isStreamed();

    /** What the constraint in force is: the member that asked for it; empty for free text. */
    String constraint();

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
