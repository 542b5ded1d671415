// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ProgressDisplay;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.diffusion.InfillListener;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillStep;
import org.jspecify.annotations.Nullable;

/** A display, on standard error, of how a canvas is filled: as a progress bar, or step by step. Used by one thread. */
public final class InfillDisplay implements InfillListener, AutoCloseable {

    private final Console console;
    private final @Nullable CanvasDisplay trace;
    private @Nullable ProgressDisplay progress;

    private InfillDisplay(Console console, @Nullable CanvasDisplay trace) {
        this.console = console;
        this.trace = trace;
    }

    /** A display of one run. */
    public static InfillDisplay of(Console console, Vocabulary vocabulary, boolean traced) {
        return new InfillDisplay(console, traced ? new CanvasDisplay(console, vocabulary) : null);
    }

    @Override
    public void onStart(Canvas canvas) {
        if (trace != null) {
            trace.onStart(canvas);
        } else {
            progress = ProgressDisplay.of(console, "slots", canvas.freeSlots());
        }
    }

    @Override
    public void onStep(InfillStep step) {
        if (trace != null) {
            trace.onStep(step);
        }
        for (int slot = step.after().freeSlots();
                progress != null && slot < step.before().freeSlots();
                slot++) {
            progress.step();
        }
    }

    @Override
    public void onFinish(InfillResult result) {
        if (trace != null) {
            trace.onFinish(result);
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
