// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.encoder.split.Pieces;
import java.util.Map;
import java.util.Optional;

/** Byte-pair encoding (Sennrich et al. 2016): the symbols of a word merge in order of rank until none can. */
final class BytePairModel implements TokenModel {

    private final SymbolReader reader;
    private final MergeTable merges;
    private final Map<String, Integer> whole;
    private final Optional<WordCuts> cuts;
    private final WordCache cache = new WordCache();

    /**
     * A model.
     *
     * @param whole words that are tokens as they stand, whatever merges say
     * @param cuts where words may be cut
     */
    BytePairModel(SymbolReader reader, MergeTable merges, Map<String, Integer> whole, Optional<WordCuts> cuts) {
        this.reader = reader;
        this.merges = merges;
        this.whole = whole;
        this.cuts = cuts;
    }

    @Override
    public Pieces into(IntList tokens) {
        Merger merger = new Merger();
        if (cuts.isEmpty()) {
            return (text, from, to) -> word(text, from, to, merger, tokens);
        }
        return (text, from, to) -> {
            int end;
            for (int at = from; at < to; at = end) {
                end = cuts.get().end(text, at, to);
                word(text, at, end, merger, tokens);
            }
        };
    }

    private void word(String text, int from, int to, Merger merger, IntList tokens) {
        int[] known = cache.get(text, from, to);
        if (known == null) {
            IntList found = new IntList();
            Integer token = whole.isEmpty() ? null : whole.get(text.substring(from, to));
            if (token == null) {
                merger.clear();
                reader.read(text, from, to, merger);
                merger.merge(merges);
                merger.write(reader, found);
            } else {
                found.add(token);
            }
            known = found.toArray();
            cache.put(text, from, to, known);
        }
        tokens.addAll(known, 0, known.length);
    }
}
