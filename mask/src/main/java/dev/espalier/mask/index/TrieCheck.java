// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.core.file.TableReader;
import java.util.Arrays;

/**
 * A check that tables read from a file are a valid {@link TokenTrie}, of tokens of a table or tails of them, so that no walk leaves it.
 * Cost: linear in its nodes, some nanoseconds each.
 */
final class TrieCheck {

    private TrieCheck() {}

    /** Throws a {@link dev.espalier.core.error.PreparedFileException} unless the labels are those of a preorder of some depth. */
    static void labels(String name, TableReader in, int[] labels, int depth) {
        int before = 0;
        int deepest = 0;
        int[] last = new int[Math.max(0, Math.min(depth, labels.length)) + 1];
        for (int label : labels) {
            int at = label >>> 8;
            in.check(at >= 1 && at <= before + 1 && at < last.length, name, ".labels");
            in.check(at > before || (label & 0xff) > last[at], name, ".labels");
            last[at] = label & 0xff;
            before = at;
            deepest = Math.max(deepest, at);
        }
        in.check(deepest == depth, name, ".depth");
    }

    /** Checks that each subtree ends where its nodes do. */
    static void ends(String name, TableReader in, int[] labels, int[] ends, int depth) {
        int[] path = new int[depth + 1];
        int before = 0;
        for (int node = 0; node <= labels.length; node++) {
            int at = node == labels.length ? 1 : labels[node] >>> 8;
            for (int d = before; d >= at; d--) {
                in.check(ends[path[d]] == node, name, ".ends");
            }
            if (node < labels.length) {
                path[at] = node;
                before = at;
            }
        }
    }

    /** Checks that tokens are in the order of their nodes, and that each leaf has one. */
    static void tokens(String name, TableReader in, TokenTrie trie) {
        int before = 0;
        for (int node = 0; node <= trie.nodeCount(); node++) {
            int first = trie.firstToken(node);
            in.check(first >= before && (node > 0 || first == 0), name, ".first-token");
            boolean isLeaf = node > 0 && trie.end(node - 1) == node;
            in.check(!isLeaf || first > before, name, ".first-token");
            before = first;
        }
        in.check(before == trie.tokenCount(), name, ".first-token");
    }

    /** Checks that each token's bytes end with those on the path to it. */
    static void spelling(String name, TableReader in, TokenTrie trie, TokenTable table) {
        byte[] path = new byte[trie.depth()];
        int[] tokens = trie.tokens();
        for (int node = 0; node < trie.nodeCount(); node++) {
            int depth = trie.label(node) >>> 8;
            path[depth - 1] = (byte) trie.label(node);
            for (int i = trie.firstToken(node); i < trie.firstToken(node + 1); i++) {
                int id = tokens[i];
                boolean isIn = id >= 0 && id < table.count() && table.length(id) >= depth;
                in.check(isIn, name, ".tokens");
                int end = table.offset(id) + table.length(id);
                in.check(Arrays.equals(path, 0, depth, table.blob(), end - depth, end), name, ".tokens");
            }
        }
    }
}
