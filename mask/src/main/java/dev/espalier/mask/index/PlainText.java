// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import java.util.Arrays;

/**
 * The tokens that are plain text, by their number of code points, and tries of all others. Inside JSON strings nearly
 * every token is plain text, so that a mask there is one of these sets and a short walk.
 *
 * <p>Plain text here is well-formed UTF-8, its last character possibly cut off, without {@code "}, {@code \}, U+007F
 * and the code points below U+0020. A cut character counts as one. Every other token is split into its longest plain
 * beginning of whole characters and its <em>stem</em>, which starts with a byte that is not plain. Immutable,
 * thread-safe.
 */
@FastPath(oracle = "PlainTextTest")
public final class PlainText {

    private static final int LEVELS = 16;

    private final TokenMask[] upTo;
    private final int[] longer;
    private final int[] longerCounts;
    private final TokenMask all;
    private final int most;
    private final TokenTrie rest;
    private final TokenTrie stemsAtOnce;
    private final TokenTrie stemsAfterText;

    private PlainText(
            TokenMask[] upTo,
            int[] longer,
            int[] longerCounts,
            TokenMask all,
            int most,
            TokenTrie rest,
            TokenTrie stemsAtOnce,
            TokenTrie stemsAfterText) {
        this.upTo = upTo;
        this.longer = longer;
        this.longerCounts = longerCounts;
        this.all = all;
        this.most = most;
        this.rest = rest;
        this.stemsAtOnce = stemsAtOnce;
        this.stemsAfterText = stemsAfterText;
    }

    static PlainText of(TokenTable table) {
        int[] counts = new int[table.count()];
        TokenTrie.Builder rest = new TokenTrie.Builder(table.blob(), 64);
        TokenTrie.Builder atOnce = new TokenTrie.Builder(table.blob(), 64);
        TokenTrie.Builder afterText = new TokenTrie.Builder(table.blob(), 64);
        int most = 0;
        for (int id = 0; id < table.count(); id++) {
            int offset = table.offset(id);
            int length = table.length(id);
            Scan scan = Scan.of(table.blob(), offset, length);
            counts[id] = length > 0 && scan.plain == length ? scan.codePoints : -1;
            most = Math.max(most, counts[id]);
            if (length > 0 && counts[id] < 0) {
                rest.add(offset, length, id);
                (scan.plain == 0 ? atOnce : afterText).add(offset + scan.plain, length - scan.plain, id);
            }
        }
        return masks(counts, most, rest.build(), atOnce.build(), afterText.build());
    }

    private static PlainText masks(int[] counts, int most, TokenTrie rest, TokenTrie atOnce, TokenTrie afterText) {
        TokenMask[] upTo = new TokenMask[Math.min(LEVELS, most) + 1];
        TokenSet set = new TokenSet(counts.length);
        for (int n = 0; n < upTo.length; n++) {
            for (int id = 0; id < counts.length; id++) {
                if (counts[id] > 0 && counts[id] <= n) {
                    set.add(id);
                }
            }
            upTo[n] = set.toMask();
        }
        long[] longer = new long[counts.length];
        int size = 0;
        for (int id = 0; id < counts.length; id++) {
            if (counts[id] > 0) {
                set.add(id);
                if (counts[id] > LEVELS) {
                    longer[size++] = (long) counts[id] << 32 | id;
                }
            }
        }
        Arrays.sort(longer, 0, size);
        int[] ids = new int[size];
        int[] idCounts = new int[size];
        for (int i = 0; i < size; i++) {
            ids[i] = (int) longer[i];
            idCounts[i] = (int) (longer[i] >>> 32);
        }
        return new PlainText(upTo, ids, idCounts, set.toMask(), most, rest, atOnce, afterText);
    }

    /** Adds its tables to a prepared file. */
    void write(String name, TableWriter out) {
        out.ints(name + ".levels", upTo.length);
        for (int n = 0; n < upTo.length; n++) {
            MaskTables.write(upTo[n], name + ".up-to-" + n, out);
        }
        out.ints(name + ".longer", longer);
        out.ints(name + ".longer-counts", longerCounts);
        MaskTables.write(all, name + ".all", out);
        out.ints(name + ".most", most);
        rest.write(name + ".rest", out);
        stemsAtOnce.write(name + ".stems-at-once", out);
        stemsAfterText.write(name + ".stems-after-text", out);
    }

    /** The tables that {@link #write} wrote under a name. Cost: a copy. */
    static PlainText read(String name, TableReader in, TokenTable table) {
        int levels = in.ints(name + ".levels", 1)[0];
        int most = in.ints(name + ".most", 1)[0];
        in.check(most >= 0 && levels == Math.min(LEVELS, most) + 1, name, ".levels");
        TokenMask[] upTo = new TokenMask[levels];
        for (int n = 0; n < upTo.length; n++) {
            upTo[n] = MaskTables.read(name + ".up-to-" + n, in, table.count());
        }
        int[] longer = in.ints(name + ".longer");
        int[] counts = in.ints(name + ".longer-counts", longer.length);
        for (int i = 0; i < longer.length; i++) {
            in.check(longer[i] >= 0 && longer[i] < table.count(), name, ".longer");
            in.check(
                    counts[i] > LEVELS && counts[i] <= most && (i == 0 || counts[i] >= counts[i - 1]),
                    name,
                    ".longer-counts");
        }
        return new PlainText(
                upTo,
                longer,
                counts,
                MaskTables.read(name + ".all", in, table.count()),
                most,
                TokenTrie.read(name + ".rest", in, table),
                TokenTrie.read(name + ".stems-at-once", in, table),
                TokenTrie.read(name + ".stems-after-text", in, table));
    }

    /** The length in code points of the longest plain token. */
    int most() {
        return most;
    }

    /** All plain tokens. */
    public TokenMask all() {
        return all;
    }

    /** Adds the plain tokens of at most {@code codePoints} code points. Cost: a copy of a bit set. */
    public void addUpTo(int codePoints, TokenSet target) {
        if (codePoints >= most) {
            target.addAll(all);
            return;
        }
        target.addAll(upTo[Math.min(codePoints, upTo.length - 1)]);
        for (int i = 0; i < longer.length && longerCounts[i] <= codePoints; i++) {
            target.add(longer[i]);
        }
    }

    /** The {@link TextView#plainTextBound} of a state; -1 if it promises nothing. */
    public static int bound(State state) {
        TextView text = state.textView();
        return text == null ? -1 : text.plainTextBound();
    }

    /** True if a trie is one of those of this object. */
    boolean has(TokenTrie trie) {
        return trie == rest || trie == stemsAtOnce || trie == stemsAfterText;
    }

    /** The trie of the tokens that are not plain text, whole. */
    public TokenTrie rest() {
        return rest;
    }

    /** The trie of the tokens that start with their stem. */
    public TokenTrie stemsAtOnce() {
        return stemsAtOnce;
    }

    /** The trie of the stems of the other tokens that are not plain text. */
    public TokenTrie stemsAfterText() {
        return stemsAfterText;
    }

    /**
     * The longest plain beginning of a token.
     *
     * @param plain bytes of its longest plain beginning, of whole characters unless it is the entire token
     * @param codePoints code points of that beginning
     */
    private record Scan(int plain, int codePoints) {

        static Scan of(byte[] blob, int offset, int length) {
            int at = 0;
            int codePoints = 0;
            while (at < length) {
                int state = Utf8.START;
                int next = at;
                do {
                    state = Utf8.next(state, blob[offset + next] & 0xff);
                    next++;
                } while (state > Utf8.START && next < length);
                if (state == Utf8.DEAD || (next == at + 1 && !Utf8.isPlain(blob[offset + at] & 0xff))) {
                    return new Scan(at, codePoints);
                }
                codePoints++;
                at = next;
            }
            return new Scan(length, codePoints);
        }
    }
}
