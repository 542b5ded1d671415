// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.exact;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Guarantee;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.SampleSet;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.SequenceSampler;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The likeliest texts of a language, exactly: best-first search. A text is at most as likely as its beginnings, so that no other text can be likelier than a whole one that is likelier than all
 * beginnings not yet gone on with. Texts are token by token: another spelling of the same bytes is another text.
 *
 * <p>Samples come best first, and nothing is random; their weight is 1. Cost: a question to the model for each beginning that is likelier than the last text that is wanted, some asked together; each
 * shares the reading of its own beginning. Immutable; thread-safe.
 */
@FastPath(oracle = "LikeliestSamplerTest")
public final class LikeliestSampler implements SequenceSampler {

    /** The number of beginnings that are asked about unless another one is given. */
    public static final int DEFAULT_MAX_PREFIXES = 20_000;

    /** Beginnings that are asked about in one forward pass. Those behind the best one may be asked in vain. */
    private static final int BATCH = 8;

    /** Tokens of a beginning that wait to be gone on with; the others are looked up when these are used up. */
    private static final int KEPT = 128;

    private final int maxPrefixes;

    /** A search of at most {@link #DEFAULT_MAX_PREFIXES} beginnings. */
    public LikeliestSampler() {
        this(DEFAULT_MAX_PREFIXES);
    }

    /**
     * A search of at most so many beginnings.
     *
     * @param maxPrefixes at least 1; beyond it {@link #sample} throws {@link LimitExceededException}
     */
    public LikeliestSampler(int maxPrefixes) {
        if (maxPrefixes < 1) {
            throw new InvalidInputException("maxPrefixes must be at least 1, but is " + maxPrefixes);
        }
        this.maxPrefixes = maxPrefixes;
    }

    @Override
    public String name() {
        return "likeliest";
    }

    @Override
    public Guarantee guarantee() {
        return Guarantee.HEURISTIC;
    }

    @Override
    public String describe() {
        return "the likeliest texts of the language, exactly, best first; nothing is random. One question to the model for each"
                + " beginning that is likelier than the last of them, at most " + maxPrefixes;
    }

    @Override
    public SampleSet sample(TokenTree tree, int count, SamplingRun run) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(run, "run");
        return new Search(tree, maxPrefixes).run(count, run);
    }

    /**
     * A beginning with a next token, whether gone on with or not.
     *
     * @param node the beginning
     * @param rank which of the next tokens it is, the likeliest first
     * @param token the next token
     * @param logProbability of both together
     */
    private record Step(Node node, int rank, int token, double logProbability) {}

    /** A beginning, with its likeliest next tokens. */
    private static final class Node {

        private final Prefix text;
        private final double logProbability;
        private List<Step> next = List.of();
        private int before;
        private boolean isMore;

        Node(Prefix text, double logProbability) {
            this.text = text;
            this.logProbability = logProbability;
        }

        /** Keeps the next tokens from some rank on. */
        void read(TokenLaw law, int from) {
            List<Step> all = new ArrayList<>();
            for (int token : text.mask().ids()) {
                if (law.of(token) > 0) {
                    all.add(new Step(this, 0, token, logProbability + Math.log(law.of(token))));
                }
            }
            all.sort(Comparator.comparingDouble(Step::logProbability).reversed().thenComparingInt(Step::token));
            int to = Math.min(all.size(), from + KEPT);
            List<Step> kept = new ArrayList<>();
            for (int i = from; i < to; i++) {
                kept.add(new Step(this, i, all.get(i).token(), all.get(i).logProbability()));
            }
            next = kept;
            before = from;
            isMore = to < all.size();
        }

        /** The step of a rank; null if it is not kept. */
        @Nullable
        Step step(int rank) {
            return rank - before < next.size() ? next.get(rank - before) : null;
        }
    }

    /**
     * What waits: a whole text, a beginning to be asked about, or the next tokens of one.
     *
     * @param node the text
     * @param step what to go on with; null for a text that is whole or not asked about yet
     * @param rank of the tokens that are to be looked up, if that is what waits; −1 if not
     * @param logProbability an upper bound of all texts that begin so
     * @param number in which order it came, so that equals are taken in one order
     */
    private record Waiting(Node node, @Nullable Step step, int rank, double logProbability, long number) {}

    private static final class Search {

        private final TokenTree tree;
        private final int maxPrefixes;
        private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
                Comparator.comparingDouble(Waiting::logProbability).reversed().thenComparingLong(Waiting::number));
        private long number;
        private int asked;

        Search(TokenTree tree, int maxPrefixes) {
            this.tree = tree;
            this.maxPrefixes = maxPrefixes;
        }

        SampleSet run(int count, SamplingRun run) {
            long before = tree.calls();
            List<Sample> found = new ArrayList<>();
            wait(new Node(tree.root(), 0), null, -1, 0);
            boolean isCancelled = false;
            while (!waiting.isEmpty() && found.size() < Math.min(count, run.maxRuns()) && !isCancelled) {
                List<Waiting> batch = best(found, run);
                if (!batch.isEmpty()) {
                    ask(batch);
                }
                isCancelled = run.cancellation().isRequested();
            }
            return new SampleSet(found, found.size(), tree.calls() - before, 0, OptionalDouble.empty(), isCancelled);
        }

        private void wait(Node node, @Nullable Step step, int rank, double logProbability) {
            waiting.add(new Waiting(node, step, rank, logProbability, number++));
        }

        /** Texts that are to be asked about, the likeliest first; or none, and a whole text was found. */
        private List<Waiting> best(List<Sample> found, SamplingRun run) {
            List<Waiting> batch = new ArrayList<>();
            while (!waiting.isEmpty() && batch.size() < BATCH) {
                Waiting first = Objects.requireNonNull(waiting.poll());
                if (first.step() != null) {
                    goOn(first.step());
                } else if (!first.node().text.isFinished()) {
                    batch.add(first);
                } else if (first.node().text.isComplete() && batch.isEmpty()) {
                    Sample sample = Sample.of(tree, first.node().text, first.logProbability(), 0, Target.HEURISTIC);
                    found.add(sample);
                    run.listener().accept(sample);
                    return List.of();
                } else if (first.node().text.isComplete()) {
                    waiting.add(first);
                    return batch;
                }
            }
            return batch;
        }

        private void goOn(Step step) {
            Node node = step.node();
            Step next = node.step(step.rank() + 1);
            if (next != null) {
                wait(node, next, -1, next.logProbability());
            } else if (node.isMore) {
                wait(node, null, step.rank() + 1, step.logProbability());
            }
            wait(new Node(node.text.then(step.token()), step.logProbability()), null, -1, step.logProbability());
        }

        private void ask(List<Waiting> batch) {
            asked += batch.size();
            if (asked > maxPrefixes) {
                throw new LimitExceededException(
                        "maxPrefixes",
                        maxPrefixes,
                        asked,
                        "so many beginnings of texts are likelier than the likeliest text that is not found yet: give the"
                                + " sampler a larger maxPrefixes, each of which costs a question to the model, shorten the"
                                + " texts, or take a beam");
            }
            List<TokenLaw> laws =
                    tree.next(batch.stream().map(one -> one.node().text).toList());
            for (int i = 0; i < batch.size(); i++) {
                Node node = batch.get(i).node();
                int from = Math.max(0, batch.get(i).rank());
                node.read(laws.get(i), from);
                Step first = node.step(from);
                if (first != null) {
                    wait(node, first, -1, first.logProbability());
                }
            }
        }
    }
}
