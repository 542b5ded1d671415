package dev.espalier.mask;

import dev.espalier.mask.vocabulary.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets of tokens, each once and each as the shortest of three: its ids, its bits, or how it differs from another one, be it
 * that of all plain text or one of the sets before it. One thread.
 */
final class MaskPool {

    private static final int IDS = 0;
    private static final int BITS = 1;
    private static final int DIFFERENCE = 2;

    /** Sets before it that a set is compared with. */
    private static final int COMPARED = 16;

    private final TokenMask plain;
    private final Map<TokenMask, Integer> numbers = new LinkedHashMap<>();
    private final List<TokenMask> masks = new ArrayList<>();

    /** An empty pool of one vocabulary. */
    MaskPool(Vocabulary vocabulary) {
        this.plain = vocabulary.tokens().plainText().all();
    }

    /** The number of a set, which is added if it is new. */
    int number(TokenMask mask) {
        Integer known = numbers.putIfAbsent(mask, masks.size());
        if (known == null) {
            masks.add(mask);
            return masks.size() - 1;
        }
        return known;
    }

    TokenMask get(int number) {
        return masks.get(number);
    }

    void write(CompactWriter out) {
        out.number(masks.size());
        for (int i = 0; i < masks.size(); i++) {
            write(masks.get(i), i, out);
        }
    }

    private void write(TokenMask mask, int number, CompactWriter out) {
        long[] bits = mask.bits();
        if (bits == null) {
            out.number(IDS);
            out.rising(mask.sortedIds());
            return;
        }
        int best = -1;
        int fewest = 4 * bits.length; // a difference takes about two bytes
        for (int other = Math.max(0, number - COMPARED); other <= number; other++) {
            int differing = differing(
                    bits, other == number ? plain.bits() : masks.get(other).bits());
            if (differing < fewest) {
                best = other;
                fewest = differing;
            }
        }
        if (best < 0) {
            out.number(BITS);
            out.number(bits.length);
            for (long word : bits) {
                out.number((int) word);
                out.number((int) (word >>> 32));
            }
        } else {
            out.number(DIFFERENCE);
            out.number(number - best);
            out.rising(difference(
                    bits, best == number ? plain.bits() : masks.get(best).bits(), fewest));
        }
    }

    private static int differing(long[] bits, long @Nullable [] others) {
        int sum = others == null || others.length > bits.length ? Integer.MAX_VALUE : 0;
        for (int i = 0; others != null && sum < Integer.MAX_VALUE && i < bits.length; i++) {
            sum += Long.bitCount(bits[i] ^ word(others, i));
        }
        return sum;
    }

    private static int[] difference(long[] bits, long @Nullable [] others, int count) {
        int[] ids = new int[count];
        int n = 0;
        for (int i = 0; others != null && i < bits.length; i++) {
            for (long word = bits[i] ^ word(others, i); word != 0; word &= word - 1) {
                ids[n++] = (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return ids;
    }

    /** Sets of tokens may be of different widths: all but padding is in each. */
    private static long word(long[] words, int index) {
        return index < words.length ? words[index] : 0;
    }

    /**
     * Adds what {@link #write(CompactWriter)} wrote to a pool that is empty.
     *
     * @param size the vocabulary's size, which may be another than that of the sets: the same tokens with less or more padding
     */
    void read(int size, CompactReader in) {
        int count = in.number();
        for (int i = 0; i < count; i++) {
            masks.add(read(size, i, in));
        }
    }

    private TokenMask read(int size, int number, CompactReader in) {
        int form = in.number();
        if (form == IDS) {
            int[] ids = in.rising();
            check(TokenMask.isOfSize(ids, size) && ids.length <= TokenMask.SPARSE);
            return TokenMask.sparse(size, ids);
        }
        long[] words = new long[(size + 63) >>> 6];
        if (form == BITS) {
            for (int i = 0, written = in.number(); i < written; i++) {
                words[i] = in.number() & 0xffffffffL | (long) in.number() << 32;
            }
            check(TokenMask.isOfSize(words, size));
            return TokenMask.dense(size, count(words), words);
        }
        check(form == DIFFERENCE);
        int back = in.number();
        int[] differing = in.rising();
        TokenMask base = back == 0 ? plain : masks.get(number - back);
        if (differing.length == 0 && base.size() == size) {
            return base;
        }
        long[] others = base.bits();
        if (others != null) {
            System.arraycopy(others, 0, words, 0, Math.min(others.length, words.length));
        }
        for (int id : differing) {
            words[id >>> 6] ^= 1L << id;
        }
        check(TokenMask.isOfSize(words, size));
        return TokenMask.dense(size, count(words), words);
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new IndexOutOfBoundsException("no set of tokens");
        }
    }

    private static int count(long[] words) {
        int sum = 0;
        for (long word : words) {
            sum += Long.bitCount(word);
        }
        return sum;
    }
}
