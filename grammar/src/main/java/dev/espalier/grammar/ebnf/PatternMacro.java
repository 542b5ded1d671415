// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.RegexReader;

/**
 * The patterns of XGrammar's macro {@code Regex}, as far as they mean the same in ECMA-262, or what they mean can be said there: a dot
 * is any character.
 */
final class PatternMacro {

    private static final String SAME_ESCAPES = "dDwWnrt\\/.*+?()[]{}|^$-";

    private final RegexReader regex = new RegexReader();

    /**
     * The texts that a whole pattern allows.
     *
     * @throws UnsupportedFeatureException if the pattern uses an anchor, an extended group or another escape
     */
    Expression expression(String pattern, Place place, WorkBudget budget) {
        StringBuilder same = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                check(i + 1 < pattern.length() && SAME_ESCAPES.indexOf(pattern.charAt(i + 1)) >= 0, place);
                same.append(c).append(pattern.charAt(++i));
                continue;
            }
            check(inClass || (c != '^' && c != '$'), place);
            check(inClass || !(pattern.startsWith("[]", i) || pattern.startsWith("[^]", i)), place);
            check(inClass || !pattern.startsWith("{,", i), place);
            check(inClass || !pattern.startsWith("(?", i) || pattern.startsWith("(?:", i), place);
            same.append(c == '.' && !inClass ? "[^]" : String.valueOf(c));
            inClass = inClass ? c != ']' : c == '[';
        }
        return regex.read(same.toString(), RegexReader.Mode.FULL, budget);
    }

    private static void check(boolean isSame, Place place) {
        if (!isSame) {
            throw new UnsupportedFeatureException(
                    "Regex",
                    "patterns with ^, $, {,n}, empty classes, (?...) but (?:...), or escapes other than \\d \\D \\w \\W \\n \\r \\t and punctuation"
                            + " are not supported; write the pattern as rules",
                    place);
        }
    }
}
