// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.slot;

import dev.espalier.core.collect.IntArrayIndex;
import dev.espalier.core.collect.IntList;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets of tokens by number, and unions of them; equal sets have equal numbers. One thread. */
public final class TokenSets {

    private final int vocabularySize;
    private final int ends;
    private final Map<TokenMask, Integer> numbers = new HashMap<>();
    private final List<TokenMask> masks = new ArrayList<>();
    private final IntArrayIndex unions = new IntArrayIndex();
    private final IntList united = new IntList();
    private long bytes;

    public TokenSets(Vocabulary vocabulary) {
        this.vocabularySize = vocabulary.size();
        this.ends = number(vocabulary.endIds());
    }

    public int vocabularySize() {
        return vocabularySize;
    }

    /** The end tokens that a slot may hold which can hold one: its own, or all if it is free. */
    public int ends(int token) {
        return token < 0 ? ends : number(new int[] {token});
    }

    public int number(int[] ids) {
        return number(TokenMask.of(vocabularySize, ids));
    }

    public int number(TokenMask mask) {
        Integer known = numbers.putIfAbsent(mask, masks.size());
        if (known != null) {
            return known;
        }
        masks.add(mask);
        bytes += 80 + (mask.isSparse() ? 4L * mask.count() : 8L * mask.words());
        return masks.size() - 1;
    }

    public TokenMask mask(int number) {
        return masks.get(number);
    }

    /** The union of some sets, given by number: sorted, each once. Cost: a look-up when it was asked for before. */
    public TokenMask union(int[] sets) {
        return masks.get(unionNumber(sets));
    }

    /** The number of such a union. */
    int unionNumber(int[] sets) {
        int number = unions.add(sets);
        if (number == united.size()) {
            united.add(sets.length == 1 ? sets[0] : number(joined(sets)));
        }
        return united.get(number);
    }

    private TokenMask joined(int[] sets) {
        long[] words = new long[(vocabularySize + 63) >>> 6];
        for (int set : sets) {
            TokenMask mask = masks.get(set);
            if (mask.isSparse()) {
                for (int id : mask.ids()) {
                    words[id >>> 6] |= 1L << id;
                }
            } else {
                for (int i = 0; i < words.length; i++) {
                    words[i] |= mask.word(i);
                }
            }
        }
        return TokenMask.ofBits(vocabularySize, words);
    }

    /** Estimated bytes on the heap. */
    public long bytes() {
        return bytes + unions.bytes();
    }
}
