// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.encoder.split.Pieces;
import java.util.Map;

/**
 * WordPiece: the longest token at each place of a word, or the unknown token for the whole word.
 *
 * @param vocabulary tokens by their text
 * @param prefix stands before tokens within a word, such as {@code ##}
 * @param longest code points of the longest word that is not unknown
 * @param unknown the unknown token, or -1: such words are left out
 * @param most characters of the longest token
 */
public record WordPieceModel(Map<String, Integer> vocabulary, String prefix, int longest, int unknown, int most)
        implements TokenModel {

    @Override
    public Pieces into(IntList tokens) {
        IntList found = new IntList();
        return (text, from, to) -> {
            found.clear();
            boolean known = text.codePointCount(from, to) <= longest && cut(text, from, to, found);
            if (known) {
                tokens.addAll(found.toArray(), 0, found.size());
            } else if (unknown >= 0) {
                tokens.add(unknown);
            }
        };
    }

    private boolean cut(String text, int from, int to, IntList found) {
        for (int at = from; at < to; ) {
            int end = Math.min(to, at + most);
            String before = at > from ? prefix : "";
            Integer token = null;
            while (end > at && (token = vocabulary.get(before + text.substring(at, end))) == null) {
                end = text.offsetByCodePoints(end, -1);
            }
            if (token == null) {
                return false;
            }
            found.add(token);
            at = end;
        }
        return true;
    }
}
