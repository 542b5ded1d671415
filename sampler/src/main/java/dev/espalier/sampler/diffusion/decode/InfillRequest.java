// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.decode;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.InfillListener;
import dev.espalier.sampler.diffusion.InfillOutcome;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.policy.BlockSchedule;
import dev.espalier.sampler.diffusion.policy.CanvasGrowth;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.CommitPolicy;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.Objects;
import java.util.Optional;

/**
 * A canvas to be filled: its layout, the grammar, the prompt, the settings, the listener. Immutable; may be used many times, at the
 * same time only without a parser of its own.
 */
public final class InfillRequest {

    private final CompiledGrammar grammar;
    private final CanvasLayout layout;
    private final int[] prompt;
    private final CommitPolicy policy;
    private final BlockSchedule blocks;
    private final CanvasGrowth growth;
    private final InfillStrategy strategy;
    private final SamplingParameters parameters;
    private final InfillListener listener;
    private final Cancellation cancellation;
    private final Optional<CanvasParser> parser;
    private final int maxSlots;
    private final int maxPasses;
    private final int sizeTrials;
    private final boolean replacing;
    private final long jointExpansions;
    private final int posteriorNodes;

    private InfillRequest(Builder builder) {
        grammar = builder.grammar;
        layout = builder.layout;
        prompt = builder.prompt;
        policy = builder.policy;
        blocks = builder.blocks;
        growth = builder.growth;
        strategy = builder.strategy;
        parameters = builder.parameters;
        listener = builder.listener;
        cancellation = builder.cancellation;
        parser = builder.parser;
        maxSlots = builder.maxSlots;
        maxPasses = builder.maxPasses;
        sizeTrials = builder.sizeTrials;
        replacing = builder.replacing;
        jointExpansions = builder.jointExpansions;
        posteriorNodes = builder.posteriorNodes;
    }

    /**
     * A request for a layout, by default without a prompt, greedy, with all slots above a confidence of 0.9 in each pass.
     *
     * @param grammar whose sentence the whole canvas becomes, compiled for the model's vocabulary
     */
    public static Builder builder(CompiledGrammar grammar, CanvasLayout layout) {
        return new Builder(grammar, layout);
    }

    /** The grammar whose sentence the whole canvas becomes. */
    public CompiledGrammar grammar() {
        return grammar;
    }

    /** Fixed text and gaps. */
    public CanvasLayout layout() {
        return layout;
    }

    /** The tokens before the canvas; a copy. */
    public int[] prompt() {
        return prompt.clone();
    }

    /** Which slots to commit. */
    public CommitPolicy policy() {
        return policy;
    }

    /** The blocks. */
    public BlockSchedule blocks() {
        return blocks;
    }

    /** How the canvas grows. */
    public CanvasGrowth growth() {
        return growth;
    }

    /** How tokens are held to the grammar. */
    public InfillStrategy strategy() {
        return strategy;
    }

    /** How tokens are drawn. */
    public SamplingParameters parameters() {
        return parameters;
    }

    /** The most slots. */
    public int maxSlots() {
        return maxSlots;
    }

    /** How many sizes are tried of a gap that may have several. */
    public int sizeTrials() {
        return sizeTrials;
    }

    /** The most forward passes. */
    public int maxPasses() {
        return maxPasses;
    }

    InfillListener listener() {
        return listener;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    CanvasParser parser() {
        return parser.orElseGet(() -> new CanvasParser(grammar));
    }

    boolean replacing() {
        return replacing;
    }

    /** What looking for a best completion in each pass may cost, in beginnings gone on from; 0 if none is looked for. */
    public long jointExpansions() {
        return jointExpansions;
    }

    /** How large sums over a block may be for confidences to be posteriors in the block; 0 if they are not. */
    public int posteriorNodes() {
        return posteriorNodes;
    }

    /** Builder of a request. Used by one thread. */
    public static final class Builder {

        private final CompiledGrammar grammar;
        private final CanvasLayout layout;
        private int[] prompt = {};
        private CommitPolicy policy = CommitPolicies.threshold(0.9);
        private BlockSchedule blocks = BlockSchedule.whole();
        private CanvasGrowth growth = CanvasGrowth.NONE;
        private InfillStrategy strategy = InfillStrategy.exact();
        private SamplingParameters parameters = SamplingParameters.DEFAULT;
        private InfillListener listener = InfillListener.NONE;
        private Cancellation cancellation = new Cancellation();
        private Optional<CanvasParser> parser = Optional.empty();
        private int maxSlots = 4096;
        private int maxPasses = Integer.MAX_VALUE;
        private int sizeTrials = 1;
        private boolean replacing;
        private long jointExpansions;
        private int posteriorNodes;

        private Builder(CompiledGrammar grammar, CanvasLayout layout) {
            this.grammar = Objects.requireNonNull(grammar, "grammar");
            this.layout = Objects.requireNonNull(layout, "layout");
        }

        /** The tokens before the canvas; see {@link MaskedDiffusionModel#encodePrompt}. */
        public Builder prompt(int... tokens) {
            Objects.requireNonNull(tokens, "tokens");
            prompt = tokens.clone();
            return this;
        }

        /** Which slots to commit after each pass. */
        public Builder policy(CommitPolicy value) {
            policy = Objects.requireNonNull(value, "policy");
            return this;
        }

        /** The blocks; one unless set. */
        public Builder blocks(BlockSchedule value) {
            blocks = Objects.requireNonNull(value, "blocks");
            return this;
        }

        /** How the canvas grows; not at all unless set. */
        public Builder growth(CanvasGrowth value) {
            growth = Objects.requireNonNull(value, "growth");
            return this;
        }

        /** How tokens are held to the grammar; exactly unless set. */
        public Builder strategy(InfillStrategy value) {
            strategy = Objects.requireNonNull(value, "strategy");
            return this;
        }

        /**
         * How tokens are drawn: temperature, filters and seed; {@code maxTokens} is not used. With {@link
         * dev.espalier.sampler.ForcedText#COMMITTED} slots with one possible token are fixed without waiting for a policy.
         */
        public Builder parameters(SamplingParameters value) {
            parameters = Objects.requireNonNull(value, "parameters");
            return this;
        }

        /** Who watches. */
        public Builder listener(InfillListener value) {
            listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /** Ends the run soon after it is requested. */
        public Builder cancellation(Cancellation value) {
            cancellation = Objects.requireNonNull(value, "cancellation");
            return this;
        }

        /** A parser that other runs have warmed, for the same grammar; used by one run at a time. */
        public Builder parser(CanvasParser value) {
            parser = Optional.of(Objects.requireNonNull(value, "parser"));
            return this;
        }

        /** The most slots that the canvas may come to have; 4,096 unless set, and never more than the model's context. */
        public Builder maxSlots(int value) {
            maxSlots = value;
            return this;
        }

        /**
         * How many sizes are tried, with a forward pass for each slot, of a gap that may have several and does not stand at the end:
         * that one is taken which the model fills with the likeliest tokens on average. 1, the smallest that will do, unless set.
         */
        public Builder sizeTrials(int value) {
            sizeTrials = value;
            return this;
        }

        /** The most forward passes, upon which a run ends as {@link InfillOutcome.Unfinished}; no limit unless set. */
        public Builder maxPasses(int value) {
            maxPasses = value;
            return this;
        }

        /**
         * Whether a slot whose token cannot stand beside surer ones of the same pass gets the likeliest token that can, rather
         * than staying free.
         */
        public Builder replacing(boolean value) {
            replacing = value;
            return this;
        }

        /**
         * Proposes in each pass the tokens of a best completion of the active block under the logits, rather than the likeliest
         * token of each slot: all of them can stand together. Only for the exact strategy, and greedy. Not unless set.
         *
         * @param maxExpansions what the search may cost; past it the tokens stand together all the same, and may not be the
         *     best; 0 turns it off
         * @see dev.espalier.mask.canvas.CanvasParser#best
         */
        public Builder joint(long maxExpansions) {
            jointExpansions = maxExpansions;
            return this;
        }

        /**
         * Has tokens and confidences come from the posterior of the active block: how likely a token is in its slot given that the other slots
         * are filled, by their own laws, so that the whole is a text. Only for the exact strategy. Not unless set.
         *
         * @param maxNodes how large the sums may be, in sets of configurations; in a pass in which that is too little, each
         *     slot's own law among its possible tokens counts as it does otherwise; 0 turns it off
         * @see dev.espalier.mask.canvas.CanvasParser#posterior
         */
        public Builder posteriors(int maxNodes) {
            posteriorNodes = maxNodes;
            return this;
        }

        /**
         * The request.
         *
         * @throws InvalidInputException if the parser is for another grammar, a number is out of range, or joint tokens or
         *     posteriors are asked for with another strategy, or joint tokens at a temperature above 0
         */
        public InfillRequest build() {
            if (parser.isPresent() && parser.get().grammar() != grammar) {
                throw new InvalidInputException("the parser is for another grammar than the request");
            }
            ParameterRange.require(maxSlots >= 0, "maxSlots", "≥ 0", maxSlots);
            ParameterRange.require(sizeTrials >= 1, "sizeTrials", "≥ 1", sizeTrials);
            ParameterRange.require(maxPasses >= 0, "maxPasses", "≥ 0", maxPasses);
            ParameterRange.require(jointExpansions >= 0, "joint expansions", "≥ 0", jointExpansions);
            if (jointExpansions > 0 && !(strategy instanceof InfillStrategy.Exact && parameters.isGreedy())) {
                throw new InvalidInputException(
                        "tokens are proposed jointly by the exact strategy, at temperature 0, and not otherwise");
            }
            ParameterRange.require(posteriorNodes >= 0, "posterior nodes", "≥ 0", posteriorNodes);
            if (posteriorNodes > 0 && !(strategy instanceof InfillStrategy.Exact)) {
                throw new InvalidInputException(
                        "confidences are posteriors under the exact strategy, and not otherwise");
            }
            return new InfillRequest(this);
        }
    }
}
