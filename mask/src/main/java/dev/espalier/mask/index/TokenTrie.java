// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.core.ByteString;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import dev.espalier.core.oracle.FastPath;
import java.util.Arrays;

/**
 * The byte strings of some tokens as one preorder array of nodes: skipping a dead subtree is one assignment. Nodes are
 * numbered from 0 without the root. Tokens with equal bytes share a node. Immutable, thread-safe.
 *
 * <p>The layout follows llguidance's {@code toktrie} (node order, subtree ends); tokens are kept apart in preorder, so
 * that a node has any number of them and a subtree's tokens are one run.
 */
@FastPath(oracle = "TokenTrieTest")
public final class TokenTrie {

    /** The trie of no tokens. */
    public static final TokenTrie EMPTY = new Builder(new byte[0], 0).build();

    private final int[] labels;
    private final int[] ends;
    private final int[] firstToken;
    private final int[] tokens;
    private final int depth;
    private final WideNodes wide;

    private TokenTrie(int[] labels, int[] ends, int[] firstToken, int[] tokens, int depth) {
        this.labels = labels;
        this.ends = ends;
        this.firstToken = firstToken;
        this.tokens = tokens;
        this.depth = depth;
        this.wide = new WideNodes(labels, ends);
    }

    /** The trie of one token; of none if it spells nothing. */
    public static TokenTrie of(ByteString bytes, int id) {
        byte[] blob = new byte[bytes.length()];
        for (int i = 0; i < blob.length; i++) {
            blob[i] = (byte) bytes.at(i);
        }
        Builder builder = new Builder(blob, 1);
        if (blob.length > 0) {
            builder.add(0, blob.length, id);
        }
        return builder.build();
    }

    /** Adds its tables to a prepared file. */
    void write(String name, TableWriter out) {
        out.ints(name + ".labels", labels);
        out.ints(name + ".ends", ends);
        out.ints(name + ".first-token", firstToken);
        out.ints(name + ".tokens", tokens);
        out.ints(name + ".depth", depth);
    }

    /**
     * The trie that {@link #write} wrote under a name. Cost: a copy, and a look at each node.
     *
     * @param table whose tokens it is of
     * @throws dev.espalier.core.error.PreparedFileException if the tables are those of no such trie
     */
    static TokenTrie read(String name, TableReader in, TokenTable table) {
        int[] labels = in.ints(name + ".labels");
        int[] ends = in.ints(name + ".ends", labels.length);
        int[] firstToken = in.ints(name + ".first-token", labels.length + 1);
        int depth = in.ints(name + ".depth", 1)[0];
        TrieCheck.labels(name, in, labels, depth);
        TrieCheck.ends(name, in, labels, ends, depth);
        TokenTrie trie = new TokenTrie(labels, ends, firstToken, in.ints(name + ".tokens"), depth);
        TrieCheck.tokens(name, in, trie);
        TrieCheck.spelling(name, in, trie, table);
        return trie;
    }

    /** The number of nodes. */
    public int nodeCount() {
        return labels.length;
    }

    public int tokenCount() {
        return tokens.length;
    }

    /** The length of the longest string. */
    public int depth() {
        return depth;
    }

    /** Depth (1 below the root) times 256, plus the byte that leads to the node. */
    public int label(int node) {
        return labels[node];
    }

    /** The first node after the subtree. */
    public int end(int node) {
        return ends[node];
    }

    /** The index in {@link #tokens()} of the first token of the subtree; the node's own tokens end where the next node's start. */
    public int firstToken(int node) {
        return firstToken[node];
    }

    /** All tokens in preorder; never modified. */
    public int[] tokens() {
        return tokens;
    }

    /** The child of a node, -1 for the root, by a byte; -1 if there is none. Cost: linear in the children. */
    public int child(int node, int symbol) {
        int label = ((node < 0 ? 0 : labels[node] >>> 8) + 1) << 8 | symbol;
        int end = node < 0 ? labels.length : ends[node];
        for (int child = node + 1; child < end; child = ends[child]) {
            if (labels[child] == label) {
                return child;
            }
        }
        return -1;
    }

    /** The children of the nodes that have many. */
    public WideNodes wide() {
        return wide;
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return 100 + wide.bytes() + 12L * labels.length + 4L * tokens.length;
    }

    /** Collects strings that all lie in one byte array. Not thread-safe. */
    public static final class Builder {

        private static final int PREFIX = 5;
        private static final int INDEX_BITS = 24;

        private final byte[] blob;
        private int[] offsets;
        private int[] lengths;
        private int[] ids;
        private int size;

        private int[] labels = {};
        private int[] ends = {};
        private int[] firstToken = {};
        private int nodes;

        public Builder(byte[] blob, int expected) {
            this.blob = blob;
            this.offsets = new int[expected];
            this.lengths = new int[expected];
            this.ids = new int[expected];
        }

        int size() {
            return size;
        }

        /** Adds a string of at least one byte. */
        public void add(int offset, int length, int id) {
            if (size == ids.length) {
                int capacity = Math.max(16, 2 * size);
                offsets = Arrays.copyOf(offsets, capacity);
                lengths = Arrays.copyOf(lengths, capacity);
                ids = Arrays.copyOf(ids, capacity);
            }
            offsets[size] = offset;
            lengths[size] = length;
            ids[size++] = id;
        }

        public TokenTrie build() {
            return build(sorted());
        }

        /** As {@link #build()}, of strings that were added in the order of their bytes, equal ones in that of their ids. */
        TokenTrie buildSorted() {
            int[] order = new int[size];
            for (int i = 0; i < size; i++) {
                order[i] = i;
            }
            return build(order);
        }

        private TokenTrie build(int[] order) {
            int[] tokens = new int[size];
            int[] path = new int[16];
            int previous = -1;
            int deepest = 0;
            for (int i = 0; i < size; i++) {
                int string = order[i];
                int shared = previous < 0 ? 0 : commonPrefix(previous, string);
                close(path, shared, previous < 0 ? 0 : lengths[previous]);
                if (path.length < lengths[string]) {
                    path = Arrays.copyOf(path, Math.max(lengths[string], 2 * path.length));
                }
                for (int d = shared; d < lengths[string]; d++) {
                    path[d] = nodes;
                    append((d + 1) << 8 | (blob[offsets[string] + d] & 0xff), i);
                }
                tokens[i] = ids[string];
                deepest = Math.max(deepest, lengths[string]);
                previous = string;
            }
            close(path, 0, previous < 0 ? 0 : lengths[previous]);
            firstToken = Arrays.copyOf(firstToken, nodes + 1);
            firstToken[nodes] = size;
            return new TokenTrie(Arrays.copyOf(labels, nodes), Arrays.copyOf(ends, nodes), firstToken, tokens, deepest);
        }

        private void append(int label, int token) {
            if (nodes == labels.length) {
                int capacity = Math.max(32, nodes + (nodes >> 1));
                labels = Arrays.copyOf(labels, capacity);
                ends = Arrays.copyOf(ends, capacity);
                firstToken = Arrays.copyOf(firstToken, capacity);
            }
            labels[nodes] = label;
            firstToken[nodes++] = token;
        }

        private void close(int[] path, int from, int to) {
            for (int d = from; d < to; d++) {
                ends[path[d]] = nodes;
            }
        }

        /** The strings in order of their bytes: by the first five at once, then by the rest within equal ones. */
        private int[] sorted() {
            long[] keys = new long[size];
            for (int i = 0; i < size; i++) {
                long key = 0;
                for (int d = 0; d < PREFIX; d++) {
                    key = key << 8 | (d < lengths[i] ? blob[offsets[i] + d] & 0xff : 0);
                }
                keys[i] = (key << INDEX_BITS | i) ^ Long.MIN_VALUE;
            }
            Arrays.sort(keys);
            int[] order = new int[size];
            int mask = (1 << INDEX_BITS) - 1;
            for (int from = 0; from < size; ) {
                int to = from + 1;
                while (to < size && keys[to] >>> INDEX_BITS == keys[from] >>> INDEX_BITS) {
                    to++;
                }
                for (int i = from; i < to; i++) {
                    order[i] = (int) (keys[i] & mask);
                }
                sortRun(order, from, to);
                from = to;
            }
            return order;
        }

        private void sortRun(int[] order, int from, int to) {
            if (to - from < 2) {
                return;
            }
            Integer[] run = new Integer[to - from];
            for (int i = from; i < to; i++) {
                run[i - from] = order[i];
            }
            Arrays.sort(run, this::compare);
            for (int i = from; i < to; i++) {
                order[i] = run[i - from];
            }
        }

        private int compare(int left, int right) {
            int byBytes = Arrays.compareUnsigned(
                    blob,
                    offsets[left],
                    offsets[left] + lengths[left],
                    blob,
                    offsets[right],
                    offsets[right] + lengths[right]);
            return byBytes != 0 ? byBytes : Integer.compare(ids[left], ids[right]);
        }

        private int commonPrefix(int left, int right) {
            int limit = Math.min(lengths[left], lengths[right]);
            int mismatch = Arrays.mismatch(
                    blob, offsets[left], offsets[left] + limit, blob, offsets[right], offsets[right] + limit);
            return mismatch < 0 ? limit : mismatch;
        }
    }
}
