// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress display on standard error, drawn only there where standard error is a terminal and there is something to wait for. */
public final class ProgressDisplay implements AutoCloseable {

    private final @Nullable ProgressBar bar;

    private ProgressDisplay(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** A display of a task of some steps; draws nothing for one step or none. */
    public static ProgressDisplay of(Console console, String task, long steps) {
        if (!console.terminal() || steps <= 1) {
            return new ProgressDisplay(null);
        }
        return new ProgressDisplay(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(console.display(), 80))
                .clearDisplayOnFinish()
                .build());
    }

    /** One step is done. */
    public void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
