// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.core.oracle.FastPath;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A hash-consing table of residual tries, for one vocabulary: most states inside strings leave over the same ends of the same tokens,
 * and share one trie. The table has a fixed size and no chains: a new entry replaces the one it collides with. It keeps no trie alive,
 * but some kilobytes for each that it knows. Thread-safe without locks.
 */
@FastPath(oracle = "ResidualTriesTest")
public final class ResidualTries {

    private static final int BITS = 8;

    private final TokenTable table;
    /** The entries, read and written without synchronisation: an entry is immutable, and it does not matter whose stays. */
    private final @Nullable Built[] slots = new Built[1 << BITS];

    /** A trie with the tails that it was built of. */
    private record Built(long[] tails, WeakReference<TokenTrie> trie) {}

    ResidualTries(TokenTable table) {
        this.table = table;
    }

    /** A tail of a token as a number: its id, and the length of the tail in bytes. */
    public static long tail(int id, int bytes) {
        return (long) id << Integer.SIZE | bytes;
    }

    /** The trie of some tails. Cost: a hash of them; a new trie is sorted and built. */
    public TokenTrie of(long[] tails) {
        int slot = Arrays.hashCode(tails) * 0x9e3779b9 >>> Integer.SIZE - BITS;
        Built known = slots[slot];
        TokenTrie trie = known != null && Arrays.equals(known.tails, tails) ? known.trie.get() : null;
        if (trie == null) {
            trie = build(tails);
            slots[slot] = new Built(tails, new WeakReference<>(trie));
        }
        return trie;
    }

    private TokenTrie build(long[] tails) {
        TokenTrie.Builder builder = new TokenTrie.Builder(table.blob(), tails.length);
        for (long tail : tails) {
            int id = (int) (tail >>> Integer.SIZE);
            int bytes = (int) tail;
            builder.add(table.offset(id) + table.length(id) - bytes, bytes, id);
        }
        return builder.build();
    }
}
