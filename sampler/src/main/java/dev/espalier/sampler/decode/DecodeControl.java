// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

/**
 * A hand on a text that is being written: any thread may let it pause and go on, or have it closed soon. Thread-safe. For one request, used once.
 */
public final class DecodeControl {

    private volatile boolean paused;
    private volatile boolean closing;
    private volatile Runnable wake = () -> {};

    /** A control of a text that is neither paused nor closed. */
    public DecodeControl() {}

    /** Lets the text pause before its next forward pass. Others go on; its place in the cache stays. */
    public void pause() {
        paused = true;
    }

    /** Lets the text go on. */
    public void resume() {
        paused = false;
        wake.run();
    }

    /**
     * Has the text closed in the fewest tokens that are possible, from the next mask on that is begun: it is whole then, as at the end of its token
     * budget. A text that pauses goes on.
     */
    public void closeSoon() {
        closing = true;
        resume();
    }

    /** Whether the text is to pause. */
    public boolean isPaused() {
        return paused && !closing;
    }

    /** Whether the text is to be closed. */
    public boolean isClosing() {
        return closing;
    }

    /** What wakes those that write the text. */
    void onChange(Runnable action) {
        wake = action;
    }
}
