// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle of all masks: decides each token by itself, running its bytes through a plain Earley recogniser. Shares no
 * code with what it checks.
 */
final class SlowMask {

    private final Vocabulary vocabulary;
    private final SlowRecognizer recognizer;
    private final Map<Integer, List<Integer>> symbols = new HashMap<>();

    SlowMask(Grammar grammar, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.recognizer = new SlowRecognizer(grammar, this::symbol);
    }

    private int symbol(SpecialToken token) {
        int id = token.name().isEmpty()
                ? token.id()
                : vocabulary.specialId(token.name()).orElseThrow();
        symbols.put(id, List.of(256 + id));
        return 256 + id;
    }

    Column start() {
        return recognizer.start();
    }

    boolean isProductive() {
        return recognizer.isProductive();
    }

    /** Where a token leads; special tokens as what the grammar names. */
    Column after(Column column, int id) {
        if (symbols.containsKey(id)) {
            return column.advance(256 + id);
        }
        Column next = column;
        ByteString bytes = vocabulary.bytes(id);
        for (int i = 0; i < bytes.length(); i++) {
            next = next.advance(bytes.at(i));
        }
        return next;
    }

    int[] allowed(Column column) {
        List<Integer> allowed = new ArrayList<>();
        Map<ByteString, Boolean> known = new HashMap<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            boolean live;
            if (vocabulary.isSpecial(id)) {
                live = symbols.containsKey(id) && after(column, id).isLive();
                live |= vocabulary.isEnd(id) && column.isAccepting();
            } else {
                int token = id;
                live = vocabulary.bytes(id).length() > 0
                        && known.computeIfAbsent(
                                vocabulary.bytes(id),
                                bytes -> after(column, token).isLive());
            }
            if (live) {
                allowed.add(id);
            }
        }
        return allowed.stream().mapToInt(Integer::intValue).toArray();
    }
}
