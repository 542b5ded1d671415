// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.sampler.constraint.PreparedMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that may come next, as a tree, all of which the constraint allows.
 *
 * @param tokens the tokens of the nodes
 * @param parents the node before each, a smaller index, or -1
 * @param places constraints after each node, as many; used up by whoever makes the masks there
 * @param masks those that are known: first where the draft begins, then after each node; null where they are not
 * @param length the rule that said how long it is, to be told how many nodes were right
 */
public record Draft(
        int[] tokens,
        int[] parents,
        List<TokenConstraint> places,
        List<@Nullable PreparedMask> masks,
        DraftLength length) {

    /** No guess. */
    public static final Draft NONE =
            new Draft(new int[0], new int[0], List.of(), Collections.singletonList(null), new DraftLength(0, 0, true));

    /** The number of nodes. */
    public int size() {
        return tokens.length;
    }

    /** The number of tokens on the way to a node, the node included; 0 for -1. */
    public int depth(int node) {
        int depth = 0;
        for (int at = node; at >= 0; at = parents[at]) {
            depth++;
        }
        return depth;
    }

    /**
     * Notes how many nodes turned out to be what was drawn.
     *
     * @param right how many, one after the other from the first
     */
    public void verified(int right) {
        int longest = 0;
        for (int node = 0; node < size(); node++) {
            longest = Math.max(longest, depth(node));
        }
        if (longest > 0) {
            length.verified(longest, right);
        }
    }
}
