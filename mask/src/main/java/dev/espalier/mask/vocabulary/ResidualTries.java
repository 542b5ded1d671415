package dev.espalier.mask.vocabulary;

import dev.espalier.core.oracle.FastPath;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tries of what is left of tokens, for one vocabulary: most states inside of strings leave the same ends of the same tokens over,
 * and then one trie serves all of them. A table of fixed size without chains, in which a newcomer replaces what it collides
 * with; it keeps no trie alive, and some kilobytes for each that it knows. Thread-safe without locks.
 */
@FastPath(oracle = "ResidualTriesTest")
public final class ResidualTries {

    private static final int BITS = 8;

    private final TokenTable table;
    /** Read and written without order: what a slot refers to is immutable, and it does not matter which thread's entry stays. */
    private final @Nullable Built[] slots = new Built[1 << BITS];

    /** A trie and what it was built of. */
    private record Built(long[] tails, WeakReference<TokenTrie> trie) {}

    ResidualTries(TokenTable table) {
        this.table = table;
    }

    /** The last bytes of a token: its id, and how many they are. */
    public static long tail(int id, int bytes) {
        return (long) id << Integer.SIZE | bytes;
    }

    /** The trie of some tails. Cost: a hash of them; what is not known is sorted and built. */
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
