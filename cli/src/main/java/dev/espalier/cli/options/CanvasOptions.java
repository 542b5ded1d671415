// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.cli.console.Console;
import dev.espalier.sampler.gap.GappedText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options for the given text and its gaps. */
public final class CanvasOptions {

    private static final int DEFAULT_SLOTS = 64;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--canvas",
            paramLabel = "TEXT|@FILE",
            description =
                    "Given text with gaps: [[8]] is a gap of eight tokens, [[4-12]] of four to twelve, [[*]] of any "
                            + "number; \\[[ are two brackets. After @ a file, without the line end at its end. Default: one gap.")
    private @Nullable String canvas;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "Without --canvas: the slots of the one gap, of which those behind the text stay empty. "
                    + "Default: 64.")
    private @Nullable Integer slots;

    @Option(
            names = "--max-slots",
            paramLabel = "N",
            description =
                    "The canvas may grow to so many slots, given text included, in gaps whose size is open, or at its "
                            + "end without --canvas. Default: it grows only as far as it must to be completable.")
    private @Nullable Integer maxSlots;

    public CanvasOptions() {}

    /** The given text with its gaps. */
    public GappedText read(Console console) {
        require(slots, "--slots");
        require(maxSlots, "--max-slots");
        if (canvas == null) {
            int least = slots == null ? DEFAULT_SLOTS : slots;
            return GappedText.of("").gap(least, maxSlots == null ? least : Math.max(least, maxSlots));
        }
        if (slots != null) {
            throw new ParameterException(
                    spec.commandLine(), "--slots is for a text that is one gap, and there is a --canvas");
        }
        boolean isFile = canvas.startsWith("@");
        String text = isFile ? console.readText(canvas.substring(1)).replaceFirst("\r?\n\\z", "") : canvas;
        GappedText read = GappedText.parse(isFile ? canvas.substring(1) : "--canvas", text);
        if (read.gaps().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "there is no gap in the canvas: write [[8]], [[4-12]] or [[*]] where one is");
        }
        return read;
    }

    /** The number of slots to which the canvas may grow; null if it may not. */
    @Nullable
    public Integer maxSlots() {
        return maxSlots;
    }

    private void require(@Nullable Integer value, String option) {
        if (value != null && value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1, but was " + value);
        }
    }
}
