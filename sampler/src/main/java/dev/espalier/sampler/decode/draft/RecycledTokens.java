// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.draw.LikeliestTokens;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The likeliest allowed tokens after each token, as some earlier step had them, whatever was drawn then (Luo et al. 2024, "Turning trash into treasure: accelerating
 * inference of large language models with token recycling", arXiv 2408.08696). Shared by all texts. Used by the thread that leads.
 */
final class RecycledTokens {

    private static final int UNKNOWN = -1;

    /** How much less likely a candidate is taken to be than the one before it. */
    private static final double SHARE = 0.4;

    private final int kept;
    private final int[] next;
    private final long[] allowed;

    /**
     * No token is known yet.
     *
     * @param size of the vocabulary
     * @param kept how many candidates a token has, at least 1
     */
    RecycledTokens(int size, int kept) {
        this.kept = kept;
        this.next = new int[size * kept];
        this.allowed = new long[(size + 63) >> 6];
        Arrays.fill(next, UNKNOWN);
    }

    /** Remembers what was likely after a token, in place of what was before. Cost: a pass over the logits. */
    void note(int token, float[] logits, TokenMask mask) {
        if (logits.length * kept > next.length || mask.count() == 0) {
            return;
        }
        mask.copyTo(allowed);
        int[] best = LikeliestTokens.ids(logits, allowed, kept);
        System.arraycopy(best, 0, next, token * kept, best.length);
        Arrays.fill(next, token * kept + best.length, (token + 1) * kept, UNKNOWN);
    }

    /** A node that may be added, with how likely it is taken to be. */
    private record Candidate(int parent, int token, double share, int order) {}

    /**
     * What may come after a token: the likeliest nodes, as far as they are allowed.
     *
     * @param from where it begins
     * @param most the most nodes
     * @param branches whether several tokens may follow the same one; else a row of the likeliest
     */
    DraftTree after(int token, TokenConstraint from, int most, boolean branches) {
        DraftTree tree = new DraftTree(from);
        PriorityQueue<Candidate> open = new PriorityQueue<>(
                Comparator.comparingDouble(Candidate::share).reversed().thenComparingInt(Candidate::order));
        int order = open(open, -1, token, 1, 0);
        while (tree.size() < most && !open.isEmpty()) {
            Candidate best = open.remove();
            if (tree.add(best.parent(), best.token())) {
                if (!branches) {
                    open.clear();
                }
                order = open(open, tree.size() - 1, best.token(), best.share(), order);
            }
        }
        return tree;
    }

    private int open(PriorityQueue<Candidate> open, int parent, int token, double share, int order) {
        double each = share * (1 - SHARE);
        int count = order;
        for (int i = token * kept; i < (token + 1) * kept && next[i] != UNKNOWN; i++) {
            open.add(new Candidate(parent, next[i], each, count++));
            each *= SHARE;
        }
        return count;
    }
}
