// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.trie;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.numeric.LogWeights;
import dev.espalier.sampler.sequence.TokenTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trie of texts that samplers visited after one prompt, with an upper bound θ of the
 * probability that the model completes it within the language (its expected future grammaticality). θ is 1 for a text that
 * was never visited, 0 for one that is known to lead nowhere, and the sum of {@code p(token) · θ(text with that token)}
 * otherwise. So what a sampler draws by {@code p · θ} never goes again where it is known to fail.
 *
 * <p>A node keeps the probabilities of its children and that of all other tokens together ({@code rest}), as logarithms: 40
 * bytes a node, whatever the vocabulary. θ is always added up from what is left, never taken from 1, so that it stays exact
 * relatively however small it gets. The laws of the nodes used last are kept besides, in 16 MiB at most; the model is asked
 * again for others, and only if a token is drawn that leads to no node.
 *
 * <p>Bounded: when {@link #maxNodes} is reached no new nodes are learned. Samplers stay as exact as they were, since a text
 * without a node counts as one that was never visited; they only learn no more.
 *
 * <p>Belongs to one prompt, model, temperature and language; refuses a {@link TokenTree} other than the first one it is used
 * with. {@link #save} and {@link #load} carry it over. One thread at a time. Sources: Park et al., "Grammar-Aligned
 * Decoding" (2024), for θ; Parys et al., "Constrained Adaptive Rejection Sampling" (2025).
 */
@FastPath(oracle = "RejectionSamplerTest")
public final class LearnedTrie {

    /** The most nodes of a trie if nothing else is said: 40 MiB. */
    public static final int MAX_NODES = 1 << 20;

    /** What becomes known of a text when it is visited. */
    public enum Learning {
        /** The one token that failed: {@code rest} counts tokens that the language refuses, until they were drawn. */
        TOKENS,

        /** All tokens that the language refuses: {@code rest} counts the allowed ones alone. */
        MASKS
    }

    /** No node. */
    static final int NONE = -1;

    private static final int LEAF = -2;

    private final Learning learning;
    private final int maxNodes;
    private final LawCache laws = new LawCache();
    private @Nullable Object bound;
    private int size;
    private int[] parents = new int[16];
    private int[] tokens = new int[16];
    private int[] firstChildren = new int[16];
    private int[] nextSiblings = new int[16];
    private double[] logProbabilities = new double[16];
    private double[] logRests = new double[16];
    private double[] logBounds = new double[16];

    /**
     * A trie that knows nothing.
     *
     * @param maxNodes the most nodes, at least 0; with 0 it learns nothing
     */
    public LearnedTrie(Learning learning, int maxNodes) {
        Objects.requireNonNull(learning, "learning");
        if (maxNodes < 0) {
            throw new InvalidInputException("a trie has at least 0 nodes, not " + maxNodes);
        }
        this.learning = learning;
        this.maxNodes = maxNodes;
    }

    /** What it learns from a text. */
    public Learning learning() {
        return learning;
    }

    /** The most nodes. */
    public int maxNodes() {
        return maxNodes;
    }

    /** The number of nodes. */
    public int size() {
        return size;
    }

    /** Log of an upper bound of Z, the probability that the model by itself writes a text of the language. */
    public double logBound() {
        return size == 0 ? 0 : logBounds[0];
    }

    /**
     * Writes it in a format of its own, of 25 bytes a node. Flushes and closes nothing.
     *
     * @param fingerprint what it was learned from: something that is another text for another model, vocabulary, prompt,
     *     temperature, language or token limit
     * @throws IOException if the stream fails
     */
    public void save(OutputStream out, String fingerprint) throws IOException {
        Objects.requireNonNull(out, "out");
        Objects.requireNonNull(fingerprint, "fingerprint");
        LearnedTrieFile.write(this, out, fingerprint);
    }

    /**
     * Reads what {@link #save} wrote, and no byte after it. Samplers go on exactly as they would have with the original.
     *
     * @param fingerprint as it was given when it was saved
     * @param maxNodes the most nodes from now on; not fewer than were saved
     * @throws InvalidInputException if the file is damaged, of another version, has too many nodes, or if the fingerprint is
     *     another one
     * @throws IOException if the stream fails
     */
    public static LearnedTrie load(InputStream in, String fingerprint, int maxNodes) throws IOException {
        Objects.requireNonNull(in, "in");
        Objects.requireNonNull(fingerprint, "fingerprint");
        return LearnedTrieFile.read(in, fingerprint, maxNodes);
    }

    /** Ties it to a tree, if it learns at all. */
    void bind(TokenTree tree) {
        if (maxNodes > 0 && bound != null && !bound.equals(tree.situation())) {
            throw new InvalidInputException(
                    "this sampler has learned the texts of another prompt or language;" + " make one for each");
        }
        bound = tree.situation();
    }

    /** The node of the empty text; {@link #NONE} if it was never visited. */
    int root() {
        return size == 0 ? NONE : 0;
    }

    LawCache laws() {
        return laws;
    }

    /** The node of the text without its last token; {@link #NONE} at the root. */
    int parent(int node) {
        return parents[node];
    }

    int token(int node) {
        return tokens[node];
    }

    /** Log of the model's probability of the node's token. */
    double logProbability(int node) {
        return logProbabilities[node];
    }

    double logRest(int node) {
        return logRests[node];
    }

    /** Log of θ. */
    double logBound(int node) {
        return logBounds[node];
    }

    /** Whether the text is one of the language, and nothing may follow. */
    boolean isComplete(int node) {
        return firstChildren[node] == LEAF;
    }

    /**
     * A new node for a text, below that of the text without its last token.
     *
     * @param parent its parent; {@link #NONE} for the root, or if the parent was not learned
     * @param logProbability log of the model's probability of the token
     * @param logRest log of the probability of the tokens that may follow; minus infinity if it leads nowhere
     * @return the node; {@link #NONE} if there is no room for it
     */
    int add(int parent, int token, double logProbability, double logRest) {
        if (size >= maxNodes || (parent == NONE && size > 0)) {
            return NONE;
        }
        if (size == parents.length) {
            grow();
        }
        int node = size++;
        parents[node] = parent;
        tokens[node] = token;
        firstChildren[node] = NONE;
        nextSiblings[node] = NONE;
        logProbabilities[node] = logProbability;
        logRests[node] = logRest;
        logBounds[node] = logRest;
        if (parent != NONE) {
            nextSiblings[node] = firstChildren[parent];
            firstChildren[parent] = node;
        }
        return node;
    }

    /** As {@link #add}, for a text of the language after which nothing may follow. */
    int addComplete(int parent, int token, double logProbability) {
        int node = add(parent, token, logProbability, Double.NEGATIVE_INFINITY);
        if (node != NONE) {
            firstChildren[node] = LEAF;
            logBounds[node] = 0;
        }
        return node;
    }

    private void grow() {
        int capacity = (int) Math.min(maxNodes, 2L * size);
        parents = Arrays.copyOf(parents, capacity);
        tokens = Arrays.copyOf(tokens, capacity);
        firstChildren = Arrays.copyOf(firstChildren, capacity);
        nextSiblings = Arrays.copyOf(nextSiblings, capacity);
        logProbabilities = Arrays.copyOf(logProbabilities, capacity);
        logRests = Arrays.copyOf(logRests, capacity);
        logBounds = Arrays.copyOf(logBounds, capacity);
    }

    /** Sets the probability of all tokens that lead to no node. */
    void setRest(int node, double logRest) {
        logRests[node] = logRest;
    }

    /** Takes the tokens out that lead to a node. */
    void removeChildren(int node, OpenTokens open) {
        for (int child = firstChildren[node]; child >= 0; child = nextSiblings[child]) {
            open.remove(tokens[child]);
        }
    }

    /**
     * Draws a child by {@code p · θ}.
     *
     * @param except a child that is not drawn, or {@link #NONE}; {@link #logWithout} it something must be left
     * @return the child; {@link #NONE} if it is one of the tokens that lead to no node
     */
    int draw(int node, int except, Choices choices) {
        if (firstChildren[node] < 0) {
            return NONE;
        }
        int[] children = new int[8];
        double[] logs = new double[8];
        int count = 0;
        for (int child = firstChildren[node]; child >= 0; child = nextSiblings[child]) {
            if (child != except && logBounds[child] > Double.NEGATIVE_INFINITY) {
                if (count + 1 == logs.length) {
                    children = Arrays.copyOf(children, 2 * count + 2);
                    logs = Arrays.copyOf(logs, 2 * count + 2);
                }
                children[count] = child;
                logs[count++] = logProbabilities[child] + logBounds[child];
            }
        }
        children[count] = NONE;
        logs[count++] = logRests[node];
        LogWeights weights = LogWeights.of(Arrays.copyOf(logs, count));
        return children[choices.categorical(weights.relative(), count)];
    }

    /** Brings θ up to date, from a node whose children or rest have changed up to the root. */
    void settle(int from) {
        for (int node = from; node != NONE; node = parents[node]) {
            settleOne(node);
        }
    }

    /** Brings θ of one node up to date. */
    void settleOne(int node) {
        logBounds[node] = isComplete(node) ? 0 : logWithout(node, NONE);
    }

    /** Log of the sum of {@code p · θ} over all tokens but that of one child, or {@link #NONE}. */
    double logWithout(int node, int except) {
        double top = logRests[node];
        for (int child = firstChildren[node]; child >= 0; child = nextSiblings[child]) {
            if (child != except) {
                top = Math.max(top, logProbabilities[child] + logBounds[child]);
            }
        }
        if (top == Double.NEGATIVE_INFINITY) {
            return top;
        }
        double sum = Math.exp(logRests[node] - top);
        for (int child = firstChildren[node]; child >= 0; child = nextSiblings[child]) {
            if (child != except && logBounds[child] > Double.NEGATIVE_INFINITY) {
                sum += Math.exp(logProbabilities[child] + logBounds[child] - top);
            }
        }
        return top + Math.log(sum);
    }
}
