// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.core.file.TableReader;
import dev.espalier.core.file.TableWriter;
import dev.espalier.mask.token.TokenMask;
import java.util.BitSet;

/** Token masks as tables of a prepared file. */
public final class MaskTables {

    private MaskTables() {}

    /** Adds the tables of a mask, under a name. */
    static void write(TokenMask mask, String name, TableWriter out) {
        out.ints(name + ".size", mask.size(), mask.count());
        long[] words = mask.bits();
        if (words != null) {
            out.longs(name + ".bits", words);
        } else {
            out.ints(name + ".ids", mask.sortedIds());
        }
    }

    /**
     * The mask that {@link #write} wrote under a name. Cost: a copy.
     *
     * @param wanted the size that it must have
     * @throws dev.espalier.core.error.PreparedFileException if the tables are those of no such mask
     */
    static TokenMask read(String name, TableReader in, int wanted) {
        int[] numbers = in.ints(name + ".size", 2);
        in.check(numbers[0] == wanted, name, ".size");
        if (in.has(name + ".bits")) {
            long[] words = in.longs(name + ".bits");
            in.check(areOfSize(words, wanted), name, ".bits");
            return TokenMask.ofBits(wanted, words);
        }
        int[] ids = in.ints(name + ".ids", numbers[1]);
        in.check(areOfSize(ids, wanted), name, ".ids");
        return TokenMask.of(wanted, ids);
    }

    /** Whether ids are ascending, and those of a vocabulary of some size. */
    public static boolean areOfSize(int[] ids, int size) {
        int before = -1;
        for (int id : ids) {
            if (id <= before) {
                return false;
            }
            before = id;
        }
        return before < size;
    }

    /** Whether there are as many words as some ids need, and no bit is beyond them. */
    private static boolean areOfSize(long[] words, int size) {
        return words.length == (size + 63) >>> 6 && BitSet.valueOf(words).length() <= size;
    }
}
