// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * All ways to write a field's value, the most likely beginnings first. What was followed to the end of a value adds to that value's probability; what is
 * still open bounds what is missing. Where the bytes that must come decide the value, its probability is known without asking the model any further.
 *
 * <p>One thread; used once. Cost: a question to the model for each beginning, several in one forward pass.
 */
@FastPath(oracle = "ConfidenceOracleTest")
final class FieldWalk {

    /** Beginnings that are asked about in one forward pass. */
    private static final int BATCH = 8;

    /** The likeliest tokens after a beginning that are followed; the others stay open. */
    private static final int MAX_CHILDREN = 1_024;

    private static final Comparator<Node> BEST_FIRST = Comparator.comparing((Node node) -> !node.written)
            .thenComparing(Comparator.comparingDouble((Node node) -> node.mass).reversed())
            .thenComparingLong(node -> node.number);

    private final TokenTree tree;
    private final Vocabulary vocabulary;
    private final int[] tokens;
    private final ConfidenceOptions options;
    private final PriorityQueue<Node> open = new PriorityQueue<>(BEST_FIRST);
    private final List<Node> left = new ArrayList<>();
    private final Map<ByteString, Double> values = new HashMap<>();
    private double without;
    private int asked;
    private long made;

    /** A beginning of a value, with the probability of coming to it. */
    private static final class Node {

        private final Prefix before;
        private final int token;
        private final ValueText text;
        private final double mass;
        private final boolean written;
        private final long number;

        /**
         * A beginning.
         *
         * @param before the text without its last token; the whole text if the token is -1
         * @param written whether these are the tokens that were written
         */
        Node(Prefix before, int token, ValueText text, double mass, boolean written, long number) {
            this.before = before;
            this.token = token;
            this.text = text;
            this.mass = mass;
            this.written = written;
            this.number = number;
        }
    }

    /** A node that the model is asked about, with its text. */
    private record Question(Node node, Prefix prefix) {}

    /**
     * A walk.
     *
     * @param tokens what was written, without an end token
     */
    FieldWalk(TokenTree tree, Vocabulary vocabulary, int[] tokens, ConfidenceOptions options) {
        this.tree = tree;
        this.vocabulary = vocabulary;
        this.tokens = tokens;
        this.options = options;
    }

    /** Walks from the text before a value until all is seen, enough is seen, or the limit is met. */
    void run(Prefix start, ValueText text) {
        open.add(new Node(start, -1, text, 1, true, made++));
        while (!open.isEmpty()) {
            List<Question> batch = nextBatch();
            if (batch.isEmpty()) {
                return;
            }
            List<TokenLaw> laws = tree.next(batch.stream().map(Question::prefix).toList());
            asked += batch.size();
            for (int i = 0; i < batch.size(); i++) {
                expand(batch.get(i), laws.get(i));
            }
        }
    }

    private List<Question> nextBatch() {
        List<Question> batch = new ArrayList<>();
        boolean isEnough = isEnough();
        while (batch.size() < BATCH && !open.isEmpty()) {
            Node best = open.element();
            if (!best.written && (isEnough || asked + batch.size() >= options.maxPrefixes())) {
                break;
            }
            open.remove();
            Prefix prefix = best.token < 0 ? best.before : best.before.then(best.token);
            if (!isSettled(best, prefix)) {
                batch.add(new Question(best, prefix));
            }
        }
        return batch;
    }

    /** Whether the walk cannot see everything, and has seen all but what is negligible. */
    private boolean isEnough() {
        double mass = openMass();
        return open.size() > options.maxPrefixes() - asked && mass < options.enough() * (mass + seenMass());
    }

    /** Whether what must come next decides the value; its probability is then added. */
    private boolean isSettled(Node node, Prefix prefix) {
        if (prefix.isDead()) {
            without += node.text.isInside() ? node.mass : 0;
            return true;
        }
        if (mustEnd(prefix)) {
            finish(node.text.thenEnd(), node.mass);
            return true;
        }
        ByteString forced = ByteString.of(prefix.forced());
        if (forced.length() == 0) {
            return false;
        }
        ValueText after = node.text.then(forced);
        if (after.state() == ValueText.State.PLAIN || after.state() == ValueText.State.BARE) {
            if (!endsAfter(prefix, forced)) {
                return false;
            }
            after = after.thenEnd();
        }
        if (after.state() != ValueText.State.ENDED && after.state() != ValueText.State.ASTRAY) {
            return false;
        }
        finish(after, node.mass);
        return true;
    }

    private boolean mustEnd(Prefix prefix) {
        return prefix.isComplete() || (!prefix.isDead() && hasOnlyEnds(prefix.mask()));
    }

    private boolean hasOnlyEnds(TokenMask mask) {
        for (int id : mask.ids()) {
            if (!tree.isEnd(id)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing may follow the bytes that must come, read in the longest tokens; false where tokens do not spell them. */
    private boolean endsAfter(Prefix prefix, ByteString forced) {
        Prefix at = prefix;
        int read = 0;
        while (read < forced.length()) {
            int longest = -1;
            int most = 0;
            for (int id : at.mask().ids()) {
                int length = vocabulary.bytes(id).length();
                if (length > most && length <= forced.length() - read) {
                    longest = id;
                    most = length;
                }
            }
            if (longest < 0) {
                return false;
            }
            at = at.then(longest);
            read += most;
        }
        try {
            return hasOnlyEnds(at.maskOfAnyLength()); // the most tokens may be met by this spelling alone
        } catch (DeadEndException unspellable) {
            return false;
        }
    }

    private void finish(ValueText text, double mass) {
        if (text.state() == ValueText.State.ENDED) {
            values.merge(ByteString.of(text.value()), mass, Double::sum);
        }
    }

    private void expand(Question question, TokenLaw law) {
        Node node = question.node;
        Prefix prefix = question.prefix;
        double allowed = law.of(prefix.mask());
        if (!(allowed > 0)) {
            left.add(node); // the law says nothing of what comes next
            return;
        }
        int onPath = node.written && prefix.length() < tokens.length ? tokens[prefix.length()] : -1;
        List<Node> children = new ArrayList<>();
        for (int id : prefix.mask().ids()) {
            double mass = node.mass * (law.of(id) / allowed);
            if (mass == 0 && id != onPath) {
                continue;
            }
            ValueText after = tree.isEnd(id) ? node.text.thenEnd() : node.text.then(vocabulary.bytes(id));
            switch (after.state()) {
                case ENDED, ASTRAY -> finish(after, mass);
                default -> children.add(new Node(prefix, id, after, mass, id == onPath, made++));
            }
        }
        if (children.size() > MAX_CHILDREN) {
            children.sort(BEST_FIRST);
            double rest = 0;
            for (Node child : children.subList(MAX_CHILDREN, children.size())) {
                rest += child.mass;
            }
            left.add(new Node(prefix, -1, node.text, rest, false, made++));
            children = children.subList(0, MAX_CHILDREN);
        }
        open.addAll(children);
    }

    private double openMass() {
        double mass = 0;
        for (Node node : open) {
            mass += node.mass;
        }
        for (Node node : left) {
            mass += node.mass;
        }
        return mass;
    }

    private double seenMass() {
        return without + values.values().stream().mapToDouble(mass -> mass).sum();
    }

    /** Whether only one value can come. */
    boolean isCertain() {
        return open.isEmpty() && left.isEmpty() && values.size() == 1;
    }

    /** How many beginnings the model was asked about. */
    int asked() {
        return asked;
    }

    /** The probability of what is still open, of all. */
    double unseen() {
        double mass = openMass();
        return mass == 0 ? 0 : mass / (mass + seenMass());
    }

    /** The values that were seen, the most likely first. */
    List<ByteString> found() {
        List<ByteString> found = new ArrayList<>(values.keySet());
        found.sort(Comparator.comparingDouble((ByteString value) -> values.getOrDefault(value, 0.0))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return found;
    }

    /** The bounds of a value's probability. */
    ValueProbability probability(ByteString value) {
        byte[] bytes = value.toByteArray();
        double missing = 0;
        for (Node node : open) {
            missing += node.text.mayBecome(bytes) ? node.mass : 0;
        }
        for (Node node : left) {
            missing += node.text.mayBecome(bytes) ? node.mass : 0;
        }
        double mass = values.getOrDefault(value, 0.0);
        double all = openMass() + seenMass();
        double lower = all == 0 ? 0 : mass / all;
        double upper = missing == 0 ? lower : Math.min(1, (mass + missing) / all);
        return new ValueProbability(value.toUtf8(), lower, upper);
    }
}
