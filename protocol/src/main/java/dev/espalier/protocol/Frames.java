// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import tools.jackson.databind.node.ObjectNode;

/** Where the frames of an answer go. */
public interface Frames {

    /**
     * Sends a frame, and blocks until it has room for more.
     *
     * @param event the name of the event; empty if its frames have none
     * @throws RuntimeException if nobody is there any more: the answer is cancelled then
     */
    void send(String event, ObjectNode data);

    /** Sends the mark behind the last frame, in protocols that have one. */
    void done();
}
