// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.Request;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.LogitChanges;
import dev.espalier.sampler.SamplingParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options for drawing tokens. */
public final class SamplingOptions {

    private static final List<String> FOR_RANDOM_CHOICES =
            List.of("--seed", "--top-k", "--top-p", "--min-p", "--attempts");

    /** The most guessed tokens where a draft model is named and no number is. */
    private static final int DRAFT_TOKENS = 4;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides all random choices; the same seed gives the same text. Default: 0.")
    private long seed;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0 takes the likeliest allowed token, 1 samples the model's own law. Default: 0.")
    private @Nullable Double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Only the K likeliest allowed tokens. Default: all.")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Only the likeliest allowed tokens with this share of the mass. Default: 1.")
    private double topP = 1;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Only tokens this many times as likely as the likeliest. Default: 0.")
    private double minP;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "The most tokens of text; the text is closed in time. Default: 1024.")
    private int maxTokens = SamplingParameters.DEFAULT.maxTokens();

    @Option(
            names = "--logit-bias",
            paramLabel = "ID=BIAS",
            description = "Add to the logit of a token; -Infinity forbids it. May be repeated.")
    private Map<Integer, Double> logitBias = new LinkedHashMap<>();

    @Option(
            names = "--frequency-penalty",
            paramLabel = "P",
            description = "Taken off the logit of a token for each time that the text has it. Default: 0.")
    private double frequencyPenalty;

    @Option(
            names = "--presence-penalty",
            paramLabel = "P",
            description = "Taken off the logit of each token that the text has. Default: 0.")
    private double presencePenalty;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "F",
            description = "Divides the logit of each token that prompt or text have, if it is above 0, and else"
                    + " multiplies it. Default: 1.")
    private double repetitionPenalty = 1;

    @Option(
            names = "--top-logprobs",
            paramLabel = "N",
            description = "With --json: of each token that was drawn, the N likeliest in its place. Default: 0.")
    private int topTokens;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "Ends --text where it is written, and is not part of it; may be repeated.")
    private List<String> stops = new ArrayList<>();

    @Option(
            names = "--forced-text",
            paramLabel = "drawn|committed|scored",
            description =
                    "Text that has only one continuation: drawn token by token, committed in one pass, or committed "
                            + "with its probability asked for. Default: committed.")
    private ForcedText forcedText = ForcedText.COMMITTED;

    @Option(
            names = "--draft-tokens",
            paramLabel = "N",
            description =
                    "Guess up to N tokens by copying from the prompt, and check them in one pass; the text stays what"
                            + " it is. Faster where values are copied. Default: 0; with --draft-model 4.")
    private @Nullable Integer draftTokens;

    @Option(
            names = "--draft-model",
            paramLabel = "DIR_OR_FILE",
            description = "With --model: a smaller model that guesses what comes next where nothing can be copied; the"
                    + " text stays what it is.")
    private @Nullable Path draftModel;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description =
                    "How often a text may be begun that turns out wrong under keywords that are checked at the end"
                            + " (--allow); at temperature 0 once. Default: 16.")
    private int attempts = Request.DEFAULT_ATTEMPTS;

    public SamplingOptions() {}

    /**
     * Refuses attempts below 1, and options for random choices without {@code --temperature}. With an explicit temperature of 0 they are
     * allowed, since their effect is then clear.
     */
    public void check() {
        ParseResult given = spec.commandLine().getParseResult();
        for (String option : FOR_RANDOM_CHOICES) {
            if (temperature == null && given.hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " is about random choices, and there are none without a --temperature above 0");
            }
        }
        if (attempts < 1) {
            throw new ParameterException(spec.commandLine(), "--attempts must be at least 1, but was " + attempts);
        }
    }

    /** A model that guesses what comes next; empty if there is none. */
    public Optional<Path> draftModel() {
        return Optional.ofNullable(draftModel);
    }

    private int draftTokens() {
        if (draftTokens == null) {
            return draftModel == null ? 0 : DRAFT_TOKENS;
        }
        return draftTokens;
    }

    /** Texts that end free text. */
    public String[] stops() {
        return stops.toArray(String[]::new);
    }

    /** The most times that a text may be begun. */
    public int attempts() {
        return attempts;
    }

    /** The parameters of the n-th of several generations, each with a seed of its own. */
    public SamplingParameters parameters(int index) {
        return SamplingParameters.DEFAULT
                .withTemperature(temperature == null ? 0 : temperature)
                .withTopK(topK)
                .withTopP(topP)
                .withMinP(minP)
                .withSeed(seed + index)
                .withMaxTokens(maxTokens)
                .withForcedText(forcedText)
                .withDraftTokens(draftTokens())
                .withTopTokens(topTokens)
                .with(LogitChanges.NONE
                        .withBias(logitBias)
                        .withFrequencyPenalty(frequencyPenalty)
                        .withPresencePenalty(presencePenalty)
                        .withRepetitionPenalty(repetitionPenalty));
    }
}
