// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.ResidualTries;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A collector of the residuals of one walk. It merges the rests of tokens into one small trie for each result. If that exceeds a bound
 * (for frames that end nearly anywhere), it lists nodes of the vocabulary's own trie instead. One thread.
 */
@FastPath(oracle = "MatcherOracleTest")
public final class ResidualCollector {

    private final TokenIndex index;
    private final int maxStrings;
    private final List<Gathered> gathered = new ArrayList<>();
    private int strings;

    /** The residuals of one result. */
    private static final class Gathered {
        final int result;
        private long[] tails = new long[16];
        private int size;
        final List<TokenTrie> tries = new ArrayList<>();
        final List<int[]> nodes = new ArrayList<>();
        int nodeCount;

        Gathered(int result) {
            this.result = result;
        }

        void add(int id, int bytes) {
            if (size == tails.length) {
                tails = Arrays.copyOf(tails, 2 * size);
            }
            tails[size++] = ResidualTries.tail(id, bytes);
        }

        long[] tails() {
            return Arrays.copyOf(tails, size);
        }

        void addNode(TokenTrie trie, int node) {
            int last = tries.size() - 1;
            if (last < 0 || tries.get(last) != trie) {
                seal();
                tries.add(trie);
                nodes.add(new int[16]);
                last++;
            }
            int[] list = nodes.get(last);
            if (nodeCount == list.length) {
                list = Arrays.copyOf(list, 2 * nodeCount);
                nodes.set(last, list);
            }
            list[nodeCount++] = node;
        }

        void seal() {
            int last = nodes.size() - 1;
            if (last >= 0) {
                nodes.set(last, Arrays.copyOf(nodes.get(last), nodeCount));
            }
            nodeCount = 0;
        }
    }

    /**
     * An empty collector.
     *
     * @param maxStrings strings in merged tries before nodes are listed
     */
    public ResidualCollector(TokenIndex index, int maxStrings) {
        this.maxStrings = maxStrings;
        this.index = index;
    }

    /**
     * Reports that the frame may end at a node of the walked trie with a result, so that any token below may become a residual. Called
     * once per node and result.
     */
    public void addEnd(TokenTrie trie, int node, int result) {
        of(result).addNode(trie, node);
    }

    /**
     * Adds the tokens of dead subtrees, the nodes of an interval, without their first {@code depth} bytes in the trie, as residuals of a result.
     *
     * @return how many were added
     */
    public int addDead(TokenTrie trie, int from, int to, int depth, int result) {
        if (strings <= maxStrings) {
            strings += trie.firstToken(to) - trie.firstToken(from);
        }
        if (strings > maxStrings) {
            return 0;
        }
        Gathered of = of(result);
        int before = of.size;
        int[] tokens = trie.tokens();
        for (int node = from; node < to; node++) {
            int left = (trie.label(node) >>> 8) - depth;
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                of.add(tokens[i], left);
            }
        }
        return of.size - before;
    }

    private Gathered of(int result) {
        for (Gathered known : gathered) {
            if (known.result == result) {
                return known;
            }
        }
        Gathered added = new Gathered(result);
        gathered.add(added);
        return added;
    }

    /**
     * Adds a residual from elsewhere.
     *
     * @return false if that cannot be done: nodes are listed there, or would have to be here
     */
    public boolean addAll(Residual other) {
        TokenTrie trie = other.trie();
        strings += trie.tokenCount();
        if (other.nodes() != null || strings > maxStrings) {
            return false;
        }
        Gathered of = of(other.result());
        for (int node = 0; node < trie.nodeCount(); node++) {
            int left = trie.label(node) >>> 8;
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                of.add(trie.tokens()[i], left);
            }
        }
        return true;
    }

    /** Returns what was collected, and empties the collector. */
    public List<Residual> take() {
        List<Residual> residuals = new ArrayList<>();
        for (Gathered each : gathered) {
            if (strings <= maxStrings) {
                residuals.add(new Residual(each.result, index.residuals().of(each.tails()), null));
                continue;
            }
            each.seal();
            for (int i = 0; i < each.tries.size(); i++) {
                residuals.add(new Residual(each.result, each.tries.get(i), each.nodes.get(i)));
            }
        }
        clear();
        return List.copyOf(residuals);
    }

    /** Empties the collector. */
    public void clear() {
        gathered.clear();
        strings = 0;
    }
}
