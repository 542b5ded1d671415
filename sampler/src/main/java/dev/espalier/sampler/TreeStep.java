// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.InvalidInputException;
import java.util.Arrays;
import java.util.Objects;

/**
 * A tree of tokens that one session reads in one call, such as several guesses of what comes next that begin alike. Each node is read as if the
 * session held the tokens on the way to it and no others. Immutable.
 */
public final class TreeStep {

    private final Session session;
    private final int[] tokens;
    private final int[] parents;

    private TreeStep(Session session, int[] tokens, int[] parents) {
        this.session = session;
        this.tokens = tokens;
        this.parents = parents;
    }

    /**
     * A tree behind a session.
     *
     * @param tokens the token ids of the nodes, at least one
     * @param parents the node before each, a smaller index, or -1 for one that follows the session
     * @throws InvalidInputException if there is no node, there are not as many parents as nodes, or a parent does not come before its node
     */
    public static TreeStep of(Session session, int[] tokens, int[] parents) {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(parents, "parents");
        if (tokens.length == 0 || parents.length != tokens.length) {
            throw new InvalidInputException("a tree needs at least one node, and as many parents as nodes: not "
                    + tokens.length + " nodes and " + parents.length + " parents");
        }
        for (int i = 0; i < parents.length; i++) {
            if (parents[i] < -1 || parents[i] >= i) {
                throw new InvalidInputException(
                        "the parent of node " + i + " of a tree must be -1 to " + (i - 1) + ", but is " + parents[i]);
            }
        }
        return new TreeStep(session, tokens.clone(), parents.clone());
    }

    /** The session behind which the tree is. */
    public Session session() {
        return session;
    }

    /** The number of nodes, at least 1. */
    public int size() {
        return tokens.length;
    }

    /** The token ids of the nodes. The array is shared: not to be modified. */
    public int[] tokens() {
        return tokens;
    }

    /** The node before each node, or -1. The array is shared: not to be modified. */
    public int[] parents() {
        return parents;
    }

    /** Whether each node follows the one before it: a {@link Step}. */
    public boolean isChain() {
        for (int i = 0; i < parents.length; i++) {
            if (parents[i] != i - 1) {
                return false;
            }
        }
        return true;
    }

    /** The number of tokens on the way to a node, the node included; 0 for -1. */
    public int depth(int node) {
        int depth = 0;
        for (int at = node; at >= 0; at = parents[at]) {
            depth++;
        }
        return depth;
    }

    /** The tokens on the way to a node, the node included; none for -1. */
    public int[] path(int node) {
        int[] path = new int[depth(node)];
        int place = path.length;
        for (int at = node; at >= 0; at = parents[at]) {
            path[--place] = tokens[at];
        }
        return path;
    }

    @Override
    public String toString() {
        return "TreeStep" + Arrays.toString(tokens) + " after " + Arrays.toString(parents);
    }
}
