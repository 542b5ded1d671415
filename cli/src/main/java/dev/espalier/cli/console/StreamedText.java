// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;

/** A text that is printed as it is written, for a reader at a terminal. */
public final class StreamedText implements DecodeListener {

    private final Console console;
    private final TokenProgress progress;
    private boolean begun;

    /** A text that takes the place of a display, which ends with its first characters. */
    public StreamedText(Console console, TokenProgress progress) {
        this.console = console;
        this.progress = progress;
    }

    @Override
    public void onText(String chunk) {
        progress.finish();
        begun = true;
        console.table().print(chunk);
        console.out().flush();
    }

    @Override
    public void onFinish(Outcome outcome) {
        if (begun) {
            console.out().println();
        }
    }

    /** Whether anything was printed. */
    public boolean isBegun() {
        return begun;
    }
}
