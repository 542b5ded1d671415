// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.InfillMethod;
import dev.espalier.TokenProposal;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.policy.BlockSchedule;
import dev.espalier.sampler.diffusion.policy.CanvasGrowth;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options for filling gaps with a diffusion model. */
public final class InfillOptions {

    /** The options that have no meaning for a model that writes from left to right. */
    private static final List<String> FOR_DIFFUSION = List.of(
            "--policy",
            "--steps",
            "--block",
            "--strategy",
            "--proposal",
            "--growth",
            "--sizes",
            "--max-slots",
            "--trace",
            "--replay");

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description = {
                "Which slots are committed after each forward pass; numbers may be left out from the right:",
                "  fixed:4,probability  so many a pass, in an order: probability, entropy, margin, random, left",
                "  even:32,entropy      all in so many passes, evenly spread",
                "  time:32,margin       all in so many passes, as Dream does",
                "  threshold:0.9        all that are so sure, and always the surest",
                "  neighbourhood:0.9,0.75,4  and a lower threshold so near to sure ones (LocalLeap)",
                "  credit:0.9,0.65,0.7,0.5   a threshold for what past passes add up to (CreditDecoding)",
                "  entropy-bound:0.1    the surest, as long as their entropies add up to so many nats",
                "  gap:7.5,5,2.5+even:32     another, then all at once when logits are so far apart (Prophet)",
                "  consistent:2+threshold:0.9  another, of what so many passes agree on (CCD)",
                "  remask:0.5,1+fixed:4  another, and what was less sure is taken back so often",
                "Default: threshold:0.9."
            })
    private @Nullable String policy;

    @Option(names = "--steps", paramLabel = "N", description = "All slots in N passes: --policy even:N.")
    private @Nullable Integer steps;

    @Option(
            names = "--block",
            paramLabel = "N|NAME",
            description = "Blocks from left to right: so many slots, whole, or adaptive:32,0.3 (AdaBlock). Default: 8.")
    private String block = "8";

    @Option(
            names = "--strategy",
            paramLabel = "exact|any-length|look-ahead|free",
            description =
                    "How tokens are held to what is allowed. Only exact, the default, promises a valid text; the others"
                            + " are there to compare with.")
    private String strategy = "exact";

    @Option(
            names = "--proposal",
            paramLabel = "own|joint|posterior",
            description =
                    "From what tokens are proposed: each slot's own law; a best completion of the block, whose tokens stand"
                            + " together; or the exact posterior of the block. Default: own.")
    private TokenProposal proposal = TokenProposal.OWN;

    @Option(
            names = "--growth",
            paramLabel = "NAME",
            description =
                    "How the canvas grows where it may: none, or grow:8,32,0.5,0.1,0.9 (DAEDAL): slots at a time, the"
                            + " window at the end, how sure the end must be, below which confidence a slot is expanded,"
                            + " and when none is any more. Default: grow:8,32,0.5,0,1, at the end only.")
    private @Nullable String growth;

    @Option(
            names = "--sizes",
            paramLabel = "N",
            description =
                    "How many sizes of a gap such as [[4-12]] between given texts are tried, with a forward pass"
                            + " for each slot; the one is taken that the model is surest of. Default: 12; 1 takes the smallest.")
    private @Nullable Integer sizes;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0 takes the likeliest possible token, 1 samples the model's own law. Default: 0.")
    private @Nullable Double temperature;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides all random choices; the same seed gives the same text. Default: 0.")
    private long seed;

    public InfillOptions() {}

    /** The parameters with which tokens are drawn. */
    public SamplingParameters sampling() {
        boolean isRandom =
                temperature != null || strategy.equals("look-ahead") || (policy != null && policy.contains("random"));
        if (!isRandom && spec.commandLine().getParseResult().hasMatchedOption("--seed")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seed is about random choices, and there are none without a --temperature above 0 or a policy"
                            + " with the order random");
        }
        return SamplingParameters.DEFAULT
                .withTemperature(temperature == null ? 0 : temperature)
                .withSeed(seed);
    }

    /** The method of infilling. */
    public InfillMethod method(SamplingParameters sampling, @Nullable Integer maxSlots) {
        if (policy != null && steps != null) {
            throw new ParameterException(
                    spec.commandLine(), "--steps N is short for --policy even:N, and there is a --policy");
        }
        InfillMethod method = InfillMethod.DEFAULT
                .with(BlockSchedule.parse(block))
                .with(InfillStrategy.parse(strategy.equals("free") ? "unconstrained" : strategy))
                .with(proposal)
                .with(sampling);
        if (proposal != TokenProposal.OWN && !strategy.equals("exact")) {
            throw new ParameterException(
                    spec.commandLine(), "--proposal is for the exact strategy, and this is --strategy " + strategy);
        }
        if (proposal == TokenProposal.JOINT && !sampling.isGreedy()) {
            throw new ParameterException(
                    spec.commandLine(), "--proposal joint takes the best tokens, and there is a --temperature");
        }
        if (policy != null) {
            method = method.with(CommitPolicies.parse(policy));
        } else if (steps != null) {
            method = method.with(CommitPolicies.even(steps));
        }
        if (growth != null) {
            method = method.with(CanvasGrowth.parse(growth));
        }
        if (sizes != null) {
            method = method.withSizeTrials(sizes);
        }
        return maxSlots == null ? method : method.withMaxSlots(maxSlots);
    }

    /** Refuses the options that have no meaning for a model that writes from left to right. */
    public void refuse() {
        for (String option : FOR_DIFFUSION) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(),
                        option + " is for diffusion models, and --autoregressive fills from left to right");
            }
        }
    }
}
