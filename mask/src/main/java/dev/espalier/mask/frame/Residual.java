// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.frame;

import dev.espalier.mask.index.TokenTrie;
import org.jspecify.annotations.Nullable;

/**
 * The rests of tokens inside which a frame ended (context-dependent tokens), to be read by the frames below it.
 *
 * @param result with which the frame ended
 * @param trie the bytes that are left
 * @param nodes null: the whole trie, from its root; else only the parts below each of these nodes, each read from its
 * own beginning; -1 stands for the root. The second form costs nothing to make and serves frames that can end nearly anywhere.
 */
public record Residual(int result, TokenTrie trie, int @Nullable [] nodes) {

    /** Estimated bytes on the heap that no other object accounts for. */
    public long bytes() {
        return 32 + (nodes == null ? trie.bytes() : 4L * nodes.length);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Residual that
                        && result == that.result
                        && trie == that.trie
                        && nodes == that.nodes);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * result + System.identityHashCode(trie)) + System.identityHashCode(nodes);
    }
}
