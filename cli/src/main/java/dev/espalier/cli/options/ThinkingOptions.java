// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.Output;
import dev.espalier.Reasoning;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.PartSampling;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.tool.ToolCalls;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for reasoning before an answer. */
public final class ThinkingOptions {

    @Option(
            names = "--thinking",
            paramLabel = "none|allowed|required|begun",
            description =
                    "Whether reasoning comes first: none, a block if the model wants one, always one, or the rest of a block"
                            + " that the prompt has begun. It is not part of the value. Default: none.")
    private String start = "none";

    @Option(
            names = "--thinking-marks",
            paramLabel = "BEGIN,END",
            description = "What stands before and behind the reasoning. Default: <think>,</think>.")
    private @Nullable String marks;

    @Option(
            names = "--thinking-tokens",
            paramLabel = "N",
            description = "How many tokens the reasoning may have before its end is written. Default: any number.")
    private @Nullable Integer tokens;

    @Option(
            names = "--thinking-temperature",
            paramLabel = "T",
            description = "The temperature of the reasoning. Default: that of the answer.")
    private @Nullable Double temperature;

    public ThinkingOptions() {}

    /** Whether there is to be reasoning. */
    public boolean isWanted() {
        if (start.equals("none")) {
            if (marks != null || tokens != null || temperature != null) {
                throw new InvalidInputException("options of thinking need --thinking allowed, required or begun");
            }
            return false;
        }
        return true;
    }

    /** An output behind the reasoning that is asked for; itself if there is none. */
    public <T> Output<T> before(Output<T> answer) {
        return isWanted() ? answer.after(reasoning()) : answer;
    }

    /**
     * Calls of tools behind the reasoning that is asked for.
     *
     * @throws InvalidInputException if there are marks, which are those of the convention
     */
    public ToolCalls before(ToolCalls calls) {
        if (!isWanted()) {
            return calls;
        } else if (marks != null) {
            throw new InvalidInputException("--thinking-marks are those of the way in which calls are written");
        }
        ToolCalls thought = calls.with(ToolCalls.Thinking.valueOf(begun().name()));
        return tokens == null ? thought : thought.withThinkingTokens(tokens);
    }

    /** Parameters with the temperature of the reasoning. */
    public SamplingParameters of(SamplingParameters answer) {
        return isWanted() && temperature != null
                ? answer.withPart(Reasoning.PART, PartSampling.temperature(temperature))
                : answer;
    }

    private Reasoning.Start begun() {
        try {
            return Reasoning.Start.valueOf(start.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "expected --thinking none, allowed, required or begun, but not " + start, e);
        }
    }

    private Reasoning reasoning() {
        Reasoning usual = Reasoning.THINK;
        String[] both = marks == null ? new String[] {usual.begin(), usual.end()} : marks.split(",", -1);
        if (both.length != 2) {
            throw new InvalidInputException("expected --thinking-marks BEGIN,END, but not " + marks);
        }
        Reasoning reasoning = new Reasoning(both[0], both[1], usual.gap(), begun(), OptionalInt.empty());
        return tokens == null ? reasoning : reasoning.atMost(tokens);
    }
}
