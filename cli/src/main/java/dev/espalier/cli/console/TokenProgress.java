// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Counts the tokens of a generation on standard error, where that is a terminal. Used by one thread. */
public final class TokenProgress implements DecodeListener, AutoCloseable {

    private @Nullable ProgressBar bar;

    private TokenProgress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /** A display of a generation of at most some tokens, which first shows that the model is being loaded. */
    public static TokenProgress of(Console console, int maxTokens) {
        if (!console.terminal()) {
            return new TokenProgress(null);
        }
        return new TokenProgress(new ProgressBarBuilder()
                .setTaskName("tokens")
                .setInitialMax(maxTokens)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(console.display(), 80))
                .continuousUpdate() // else it would never be drawn with fewer tokens than before
                .clearDisplayOnFinish()
                .build()
                .setExtraMessage("loading the model"));
    }

    @Override
    public void onToken(int token, boolean forced) {
        if (bar != null) {
            bar.setExtraMessage("");
            bar.step();
        }
    }

    @Override
    public void onRestart(Outcome cause) {
        if (bar != null) {
            bar.stepTo(0);
        }
    }

    /** Takes the display away. */
    public void finish() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    @Override
    public void close() {
        finish();
    }
}
