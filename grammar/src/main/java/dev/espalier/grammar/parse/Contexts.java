// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Short sentences around the texts of symbols. */
final class Contexts {

    private final Productions rules;
    private final WorkBudget budget;
    private final @Nullable String[] texts;
    private final Map<Integer, String[]> around = new HashMap<>();

    Contexts(Productions rules, WorkBudget budget) {
        this.rules = rules;
        this.budget = budget;
        this.texts = new String[rules.size()];
        boolean grows = true;
        while (grows) {
            grows = false;
            for (int symbol = 0; symbol < texts.length; symbol++) {
                grows |= shorten(symbol);
            }
        }
        around.put(0, new String[] {"", ""});
        grows = true;
        while (grows) {
            grows = false;
            for (int symbol = 0; symbol < texts.length; symbol++) {
                grows |= around.containsKey(symbol) && spread(symbol);
            }
        }
    }

    /** Whether the start rule leads to a symbol, and the symbol to a text. */
    boolean isReached(int symbol) {
        return around.containsKey(symbol) && texts[symbol] != null;
    }

    /** A sentence with a text of a symbol in it. */
    String around(int symbol, String text) {
        String[] context = around.getOrDefault(symbol, new String[] {"", ""});
        return context[0] + text + context[1];
    }

    private @Nullable String text(int symbol) {
        if (symbol >= 0) {
            return texts[symbol];
        }
        return rules.characters(symbol).isEmpty()
                ? null
                : Character.toString(CharacterText.example(rules.characters(symbol)));
    }

    /** The texts of some symbols, one after the other; null if one has none. */
    private @Nullable String text(int[] row, int from, int to) {
        StringBuilder whole = new StringBuilder();
        for (int i = from; i < to; i++) {
            budget.step();
            String text = text(row[i]);
            if (text == null) {
                return null;
            }
            whole.append(text);
        }
        return whole.toString();
    }

    private boolean shorten(int symbol) {
        boolean grows = false;
        for (int[] alternative : rules.alternatives(symbol)) {
            String text = text(alternative, 0, alternative.length);
            String known = texts[symbol];
            if (text != null && (known == null || text.length() < known.length())) {
                texts[symbol] = text;
                grows = true;
            }
        }
        return grows;
    }

    private boolean spread(int symbol) {
        boolean grows = false;
        for (int[] alternative : rules.alternatives(symbol)) {
            for (int i = 0; i < alternative.length; i++) {
                String before = text(alternative, 0, i);
                String behind = text(alternative, i + 1, alternative.length);
                if (alternative[i] < 0 || before == null || behind == null) {
                    continue;
                }
                String[] outer = around.getOrDefault(symbol, new String[] {"", ""});
                String[] context = {outer[0] + before, behind + outer[1]};
                String[] known = around.get(alternative[i]);
                if (known == null
                        || context[0].length() + context[1].length() < known[0].length() + known[1].length()) {
                    around.put(alternative[i], context);
                    grows = true;
                }
            }
        }
        return grows;
    }
}
