// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.CodePoints;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All texts of symbols, by length, over few characters. */
final class TextSets {

    private final Productions rules;
    private final Map<CodePoints, CodePoints> characters;
    private final int most;
    private final WorkBudget budget;
    private final int[] shortest;

    /** By length and symbol. */
    private final List<List<Set<String>>> sets = new ArrayList<>();

    private boolean isFull;

    /**
     * Sets of texts.
     *
     * @param characters by class, the characters that it is tried with
     * @param most how many texts a set may have
     */
    TextSets(Productions rules, Map<CodePoints, CodePoints> characters, int most, WorkBudget budget) {
        this.rules = rules;
        this.characters = characters;
        this.most = most;
        this.budget = budget;
        this.shortest = rules.shortest();
    }

    /** Whether a set had more texts than it may have. */
    boolean isFull() {
        return isFull;
    }

    /** Makes the sets of the next length; rules may call each other at this length, so until nothing is new. */
    void extend() {
        int length = sets.size();
        List<Set<String>> ofLength = new ArrayList<>();
        for (int symbol = 0; symbol < rules.size(); symbol++) {
            ofLength.add(new LinkedHashSet<>());
        }
        sets.add(ofLength);
        for (boolean grows = true; grows && !isFull; ) {
            grows = false;
            for (int symbol = rules.size() - 1; symbol >= 0; symbol--) {
                if (length < shortest[symbol]) {
                    continue;
                }
                Set<String> texts = new LinkedHashSet<>();
                for (int[] alternative : rules.alternatives(symbol)) {
                    collect(alternative, 0, length, "", texts);
                }
                grows |= texts.size() > ofLength.get(symbol).size();
                ofLength.set(symbol, texts);
            }
        }
    }

    /** The texts of a symbol of a length in characters, as far as there are not too many. */
    Set<String> of(int symbol, int length) {
        return symbol >= 0 ? sets.get(length).get(symbol) : length == 1 ? characters(symbol) : Set.of();
    }

    private Set<String> characters(int symbol) {
        CodePoints members = characters.getOrDefault(rules.characters(symbol), CodePoints.NONE);
        Set<String> texts = new LinkedHashSet<>();
        for (int range = 0; range < members.rangeCount(); range++) {
            for (int c = members.first(range); c <= members.last(range); c++) {
                texts.add(Character.toString(c));
            }
        }
        return texts;
    }

    private void collect(int[] alternative, int dot, int length, String before, Set<String> texts) {
        budget.step();
        if (dot == alternative.length) {
            if (length == 0 && texts.size() < most) {
                texts.add(before);
            } else if (length == 0) {
                isFull = true;
            }
            return;
        }
        long behind = 0;
        for (int i = dot + 1; i < alternative.length; i++) {
            behind += alternative[i] < 0 ? 1 : shortest[alternative[i]];
        }
        for (int taken = 0; taken <= length - behind && !isFull; taken++) {
            for (String text : of(alternative[dot], taken)) {
                collect(alternative, dot + 1, length - taken, before + text, texts);
            }
        }
    }
}
