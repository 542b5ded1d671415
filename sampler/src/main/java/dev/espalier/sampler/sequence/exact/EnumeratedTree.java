// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.exact;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.numeric.LogWeights;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All texts of a small language, with the probability c(x) that the model, after a text x, completes it inside the language:
 * {@code c(x) = Σ p(t | x) c(xt)} over the allowed tokens t, 1 where x is complete, 0 where it is a dead end. So {@code
 * c(empty) = Z}, and to draw each token with probability {@code p(t | x) c(xt) / c(x)} (Doob's transform) is to draw texts
 * from the model's law restricted to the language, exactly. Everything is computed from logarithms: texts of any length.
 *
 * <p>Cost: a question to the model for each unfinished text that it can write, asked many at a time; memory for each of
 * them, finished ones included. Immutable.
 */
@FastPath(oracle = "ExactSamplerTest")
public final class EnumeratedTree implements CompletionMass {

    /** Texts that are asked about in one forward pass. */
    private static final int BATCH = 32;

    private static final int[] NO_TOKENS = {};

    private final TokenTree tree;
    private final List<Node> nodes;

    private EnumeratedTree(TokenTree tree, List<Node> nodes) {
        this.tree = tree;
        this.nodes = nodes;
    }

    /** A text, with the tokens of positive probability that may follow, and c of what they lead to. */
    private static final class Node {

        private final Prefix text;
        private final double logProbability;
        private int[] tokens = NO_TOKENS;
        private double[] logSteps = {};
        private Node[] children = {};
        private double[] drawn = {};
        private double logMass = Double.NEGATIVE_INFINITY;

        Node(Prefix text, double logProbability) {
            this.text = text;
            this.logProbability = logProbability;
        }

        /** Works out c, and the law of the next token, from what is known of the children. */
        void weigh() {
            if (text.isFinished()) {
                logMass = text.isComplete() ? 0 : Double.NEGATIVE_INFINITY;
                return;
            }
            double[] logs = new double[tokens.length];
            for (int i = 0; i < logs.length; i++) {
                logs[i] = logSteps[i] + children[i].logMass;
            }
            LogWeights weights = LogWeights.of(logs);
            drawn = weights.relative();
            logMass = weights.logMean() + Math.log(logs.length);
        }
    }

    /**
     * Enumerates the texts of a tree.
     *
     * @param maxTreeNodes the most texts and beginnings of texts, at least 1
     * @param cancellation polled before each forward pass
     * @return empty if it was cancelled
     * @throws LimitExceededException if there are more
     */
    public static Optional<EnumeratedTree> of(TokenTree tree, int maxTreeNodes, Cancellation cancellation) {
        Objects.requireNonNull(tree, "tree");
        Objects.requireNonNull(cancellation, "cancellation");
        if (maxTreeNodes < 1) {
            throw new InvalidInputException("maxTreeNodes must be at least 1, but is " + maxTreeNodes);
        }
        List<Node> nodes = new ArrayList<>();
        List<Node> open = new ArrayList<>();
        nodes.add(new Node(tree.root(), 0));
        if (!tree.root().isFinished()) {
            open.add(nodes.get(0));
        }
        while (!open.isEmpty()) {
            if (cancellation.isRequested()) {
                return Optional.empty();
            }
            // the newest first: the model may still know their beginnings
            List<Node> newest = open.subList(Math.max(0, open.size() - BATCH), open.size());
            List<Node> batch = List.copyOf(newest);
            newest.clear();
            List<TokenLaw> laws =
                    tree.next(batch.stream().map(node -> node.text).toList());
            for (int i = 0; i < batch.size(); i++) {
                expand(batch.get(i), laws.get(i), maxTreeNodes, nodes);
                for (Node child : batch.get(i).children) {
                    if (!child.text.isFinished()) {
                        open.add(child);
                    }
                }
            }
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).weigh();
        }
        return Optional.of(new EnumeratedTree(tree, nodes));
    }

    private static void expand(Node node, TokenLaw law, int maxTreeNodes, List<Node> nodes) {
        int[] possible = Arrays.stream(node.text.mask().ids())
                .filter(token -> law.of(token) > 0)
                .toArray();
        long reached = (long) nodes.size() + possible.length;
        if (reached > maxTreeNodes) {
            throw new LimitExceededException(
                    "maxTreeNodes",
                    maxTreeNodes,
                    reached,
                    "the language has more texts, in tokens, than may be enumerated: give the sampler a larger"
                            + " maxTreeNodes, each of which costs a question to the model, shorten the texts, or take a"
                            + " sampler that does not enumerate");
        }
        node.tokens = possible;
        node.logSteps = new double[possible.length];
        node.children = new Node[possible.length];
        for (int i = 0; i < possible.length; i++) {
            node.logSteps[i] = Math.log(law.of(possible[i]));
            node.children[i] = new Node(node.text.then(possible[i]), node.logProbability + node.logSteps[i]);
            nodes.add(node.children[i]);
        }
    }

    /** The tree whose texts these are. */
    public TokenTree tree() {
        return tree;
    }

    /** The number of texts and beginnings of texts. */
    public int size() {
        return nodes.size();
    }

    /** log Z: log of the probability that the model by itself writes a text of the language; minus infinity for 0. */
    public double logEvidence() {
        return nodes.get(0).logMass;
    }

    /** The text of the language that the model finds most probable, if it can write any; among equals the first. */
    public Optional<Sample> mostProbable() {
        Node best = nodes.get(0);
        for (Node node : nodes) {
            boolean text = node.text.isComplete();
            if (text && (!best.text.isComplete() || node.logProbability > best.logProbability)) {
                best = node;
            }
        }
        return best.text.isComplete()
                ? Optional.of(Sample.of(tree, best.text, best.logProbability, 0, Target.HEURISTIC))
                : Optional.empty();
    }

    /** A text drawn from the model's law restricted to the language, with the weight Z, which must be above 0. */
    Sample draw(Choices choices) {
        Node node = nodes.get(0);
        while (!node.text.isFinished()) {
            node = node.children[choices.categorical(node.drawn, node.drawn.length)];
        }
        return Sample.of(tree, node.text, node.logProbability, logEvidence(), Target.RESTRICTED);
    }

    /** Cost: linear in the length of the text, and logarithmic in what may follow. */
    @Override
    public double[] logMasses(Prefix text, int[] tokens) {
        Node node = nodes.get(0);
        double[] masses = new double[tokens.length];
        Arrays.fill(masses, Double.NEGATIVE_INFINITY);
        for (int token : text.tokens()) {
            int at = Arrays.binarySearch(node.tokens, token);
            if (at < 0) {
                return masses;
            }
            node = node.children[at];
        }
        for (int i = 0; i < tokens.length; i++) {
            int at = Arrays.binarySearch(node.tokens, tokens[i]);
            masses[i] = at < 0 ? Double.NEGATIVE_INFINITY : node.children[at].logMass;
        }
        return masses;
    }
}
