// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.speculative;

import dev.espalier.core.Cancellation;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text under way in speculative decoding: block by block a draft model proposes tokens, and the other one keeps as many as its law lets it.
 */
@FastPath(oracle = "SpeculativeSamplerTest")
final class SpeculativeText {

    private final TokenTree tree;
    private final TokenTree draft;
    private final StepTarget target;
    private final CandidateRule rule;
    private final Choices choices;
    private Prefix text;
    private Prefix sketch;
    private double logProbability;
    private double logWeight;
    private long verified;
    private long accepted;

    SpeculativeText(TokenTree tree, TokenTree draft, StepTarget target, CandidateRule rule, Choices choices) {
        this.tree = tree;
        this.draft = draft;
        this.target = target;
        this.rule = rule;
        this.choices = choices;
        this.text = tree.root();
        this.sketch = draft.root();
    }

    /** A text with some more drafted tokens, in both trees; a node of what is drafted. */
    private static final class Node {

        private final Prefix text;
        private final Prefix sketch;
        private double[] law = {};
        /** Those that were drawn for the next token, by their places among the allowed ones. */
        private int[] candidates = {};

        private final Map<Integer, Node> children = new LinkedHashMap<>();

        Node(Prefix text, Prefix sketch) {
            this.text = text;
            this.sketch = sketch;
        }

        Node then(int token) {
            return new Node(text.then(token), sketch.then(token));
        }
    }

    /** Whether nothing may follow, or the text was given up. */
    boolean isFinished() {
        return text.isFinished() || logWeight == Double.NEGATIVE_INFINITY;
    }

    /** How often candidates of the draft were judged. */
    long verified() {
        return verified;
    }

    /** How often one of them was kept. */
    long accepted() {
        return accepted;
    }

    /** The text as a sample of a law. */
    Sample toSample(Target law) {
        return Sample.of(tree, text, logProbability, logWeight, law);
    }

    /**
     * Writes at least one more token, with one question to the model, unless it is cancelled before that.
     *
     * @param widths how many candidates each token of the draft has
     */
    void advance(int[] widths, Cancellation cancellation) {
        List<Node> open = new ArrayList<>();
        Node node = drafted(widths, open, cancellation);
        if (cancellation.isRequested()) {
            return;
        }
        List<TokenLaw> laws = tree.next(open.stream().map(each -> each.text).toList());
        while (node != null && !node.text.isFinished()) {
            TokenLaw model = laws.get(open.indexOf(node));
            StepTarget.Law law = target.after(node.text, model);
            if (law.isEmpty()) {
                logWeight = Double.NEGATIVE_INFINITY;
                return;
            }
            int index;
            if (node.candidates.length == 0) {
                index = choices.categorical(law.probabilities(), law.probabilities().length);
            } else {
                index = rule.judged(law.probabilities(), node.law, node.candidates, choices);
                verified++;
            }
            int token = law.tokens()[index];
            logProbability += Math.log(model.of(token));
            logWeight += law.logWeights()[index];
            Node next = node.children.get(index);
            accepted += next == null ? 0 : 1;
            Node last = next == null ? node.then(token) : next;
            text = last.text;
            sketch = last.sketch;
            node = next;
        }
    }

    /**
     * Drafts a tree, level by level, with a question to the draft model for each level.
     *
     * @param open is given all nodes that may go on
     */
    private Node drafted(int[] widths, List<Node> open, Cancellation cancellation) {
        Node root = new Node(text, sketch);
        List<Node> level = List.of(root);
        for (int depth = 0; !level.isEmpty(); depth++) {
            open.addAll(level);
            if (depth == widths.length || cancellation.isRequested()) {
                break;
            }
            List<TokenLaw> laws =
                    draft.next(level.stream().map(node -> node.sketch).toList());
            List<Node> next = new ArrayList<>();
            for (int i = 0; i < level.size(); i++) {
                draw(level.get(i), laws.get(i), widths[depth]);
                level.get(i).children.values().stream()
                        .filter(child -> !child.text.isFinished())
                        .forEach(next::add);
            }
            level = next;
        }
        return root;
    }

    private void draw(Node node, TokenLaw model, int count) {
        int[] ids = node.text.mask().ids();
        double[] law = model.of(ids);
        double mass = 0;
        for (double p : law) {
            mass += p;
        }
        if (mass == 0) {
            return;
        }
        for (int i = 0; i < law.length; i++) {
            law[i] /= mass;
        }
        node.law = law;
        node.candidates = rule.candidates(law, count, choices);
        for (int candidate : node.candidates) {
            node.children.computeIfAbsent(candidate, place -> node.then(ids[place]));
        }
    }
}
