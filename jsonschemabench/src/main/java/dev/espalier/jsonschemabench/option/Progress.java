// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.cli.console.Console;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar where diagnostics go to a terminal, and nothing elsewhere. Thread-safe. */
public final class Progress implements AutoCloseable {

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    /** A bar that is full after {@code steps} steps. */
    public static Progress start(Console console, String task, long steps) {
        if (!console.terminal()) {
            return new Progress(Optional.empty());
        }
        return new Progress(Optional.of(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(console.display()))
                .build()));
    }

    public void step() {
        bar.ifPresent(ProgressBar::step);
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
