// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An inverted index of the plain tokens by the character classes ({@link TextAtoms}) of their characters. It finds all tokens made of
 * some classes without a walk. A character that is cut off counts as {@link TextAtoms#OTHER}: each beginning of a character beyond
 * ASCII begins one that is no white space. Thread-safe; recent answers are cached.
 */
@FastPath(oracle = "AtomTokensTest")
public final class AtomTokens {

    private static final int MAX_REMEMBERED = 48;

    private final PlainText plain;
    private final int size;
    /** By atom, the ids of its tokens as bits; none for atoms that are not plain text. */
    private final long[][] with = new long[TextAtoms.OTHER + 1][];

    private final Map<Long, long[]> without = new ConcurrentHashMap<>();

    /** The index of a table's tokens. Cost: a look at all bytes, about 3 ms for 128,000 tokens. */
    AtomTokens(TokenTable table, PlainText plain) {
        this.plain = plain;
        this.size = table.count();
        for (long left = TextAtoms.PLAIN; left != 0; left &= left - 1) {
            with[Long.numberOfTrailingZeros(left)] = new long[(size + 63) >>> 6];
        }
        byte[] blob = table.blob();
        for (int id = 0; id < size; id++) {
            if (plain.all().allows(id)) {
                int offset = table.offset(id);
                for (long left = atoms(blob, offset, offset + table.length(id)) & TextAtoms.PLAIN;
                        left != 0;
                        left &= left - 1) {
                    with[Long.numberOfTrailingZeros(left)][id >>> 6] |= 1L << id;
                }
            }
        }
    }

    private static long atoms(byte[] blob, int from, int to) {
        long atoms = 0;
        int spelling = 0;
        int utf8 = Utf8.START;
        for (int i = from; i < to; i++) {
            int symbol = blob[i] & 0xff;
            if (symbol < 0x80) {
                atoms |= 1L << TextAtoms.ofAscii(symbol);
                continue;
            }
            spelling = utf8 == Utf8.START ? symbol : spelling << 8 | symbol;
            utf8 = Utf8.next(utf8, symbol);
            if (utf8 == Utf8.START || i == to - 1) {
                boolean isSpace = TextAtoms.isSpace(spelling); // which no beginning of another character is
                atoms |= 1L << (isSpace ? TextAtoms.SPACE : TextAtoms.OTHER);
            }
        }
        return atoms;
    }

    /**
     * Adds the plain tokens that are made of some atoms and have at most {@code characters} characters. Cost: some looks at a bit set.
     */
    public void addMadeOf(long atoms, int characters, TokenSet target) {
        TokenSet some = new TokenSet(size);
        plain.addUpTo(characters, some);
        some.removeAll(withOthers(atoms & TextAtoms.PLAIN));
        target.addAll(some);
    }

    /** The tokens with a character outside some atoms. */
    private long[] withOthers(long atoms) {
        long[] known = without.get(atoms);
        if (known == null) {
            known = new long[(size + 63) >>> 6];
            for (long left = TextAtoms.PLAIN & ~atoms; left != 0; left &= left - 1) {
                long[] some = with[Long.numberOfTrailingZeros(left)];
                for (int i = 0; i < known.length; i++) {
                    known[i] |= some[i];
                }
            }
            if (without.size() >= MAX_REMEMBERED) {
                without.clear();
            }
            without.put(atoms, known);
        }
        return known;
    }
}
