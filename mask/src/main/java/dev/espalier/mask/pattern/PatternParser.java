// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.pattern.PatternSyntax.Choice;
import dev.espalier.mask.pattern.PatternSyntax.Greed;
import dev.espalier.mask.pattern.PatternSyntax.Look;
import dev.espalier.mask.pattern.PatternSyntax.One;
import dev.espalier.mask.pattern.PatternSyntax.Repeat;
import dev.espalier.mask.pattern.PatternSyntax.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Reads a pattern into a syntax tree by recursive descent. What cannot be matched as its engine would is refused by name. */
final class PatternParser {

    private static final int MOST_REPEATS = 1000;
    private static final int DEEPEST = 50;

    private final String pattern;
    private final PatternDialect dialect;
    private final Place place;
    private final SetParser classes;
    private final List<IntPredicate> sets = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();
    private int at;
    private int depth;
    private boolean ignoresCase;

    PatternParser(String pattern, PatternDialect dialect, Place place) {
        this.pattern = pattern;
        this.dialect = dialect;
        this.place = place;
        this.classes = new SetParser(pattern, dialect, place);
    }

    PatternSyntax parse() {
        PatternSyntax syntax = choice();
        if (at < pattern.length()) {
            throw refused(")", "a parenthesis closes that was not opened");
        }
        return syntax;
    }

    /** The highest code point that the pattern names by itself. */
    int highest() {
        return classes.highest();
    }

    /** The sets by number. */
    List<IntPredicate> sets() {
        return sets;
    }

    private PatternSyntax choice() {
        if (++depth > DEEPEST) {
            throw refused("(", "groups are nested more than " + DEEPEST + " deep");
        }
        boolean outer = ignoresCase;
        List<PatternSyntax> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (accept("|"));
        ignoresCase = outer;
        depth--;
        return alternatives.size() == 1 ? alternatives.get(0) : new Choice(alternatives);
    }

    private PatternSyntax sequence() {
        List<PatternSyntax> parts = new ArrayList<>();
        while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            if (accept("(?i)")) {
                ignoresCase = true;
            } else {
                parts.add(repeated(atom()));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
    }

    private PatternSyntax atom() {
        if (accept("(")) {
            return group();
        } else if (accept("$")) {
            IntPredicate goesOn = dialect == PatternDialect.ONIGURUMA ? c -> c != '\n' : c -> true;
            return new Look(one("$", goesOn), true);
        } else if (accept("\\z")) {
            return new Look(one("\\z", c -> true), true);
        } else if (accept(".")) {
            return one(".", c -> c != '\n');
        } else if ("^*+?".indexOf(pattern.charAt(at)) >= 0) {
            throw refused(pattern.substring(at, at + 1), "it has no meaning here that is supported");
        }
        int from = at;
        IntPredicate set = classes.read(at);
        at = classes.end();
        String text = pattern.substring(from, at);
        return ignoresCase ? one("(?i)" + text, CharacterSets.ignoringCase(set)) : one(text, set);
    }

    private One one(String text, IntPredicate set) {
        return new One(known.computeIfAbsent(text, unused -> {
            sets.add(set);
            return sets.size() - 1;
        }));
    }

    private PatternSyntax group() {
        boolean outer = ignoresCase;
        PatternSyntax group;
        if (accept("?=") || accept("?!")) {
            boolean negative = pattern.charAt(at - 1) == '!';
            group = new Look(choice(), negative);
        } else {
            if (accept("?i:")) {
                ignoresCase = true;
            } else if (!accept("?:") && at < pattern.length() && pattern.charAt(at) == '?') {
                int end = Math.min(pattern.length(), at + 3);
                throw refused("(" + pattern.substring(at, end), "groups of this kind are not supported");
            }
            group = choice();
        }
        ignoresCase = outer;
        if (!accept(")")) {
            throw refused("(", "a parenthesis is not closed");
        }
        return group;
    }

    private PatternSyntax repeated(PatternSyntax body) {
        PatternSyntax result = body;
        int quantifiers = 0;
        for (int[] bounds = bounds(); bounds.length > 0; bounds = bounds()) {
            if (++quantifiers > DEEPEST) {
                throw refused("quantifier", "more than " + DEEPEST + " stand behind each other");
            }
            Greed greed = accept("?") ? Greed.LAZY : accept("+") ? Greed.POSSESSIVE : Greed.GREEDY;
            if (greed == Greed.POSSESSIVE && !(result instanceof One)) {
                throw refused("possessive quantifier", "it is supported behind one character or class");
            }
            if (result.isNullable() && bounds[1] != 1) {
                throw refused("quantifier", "what is repeated may be empty");
            }
            result = new Repeat(result, bounds[0], bounds[1], greed);
        }
        return result;
    }

    /** The least and the most of a quantifier; empty if there is none. */
    private int[] bounds() {
        if (accept("?")) {
            return new int[] {0, 1};
        } else if (accept("*")) {
            return new int[] {0, -1};
        } else if (accept("+")) {
            return new int[] {1, -1};
        } else if (!accept("{")) {
            return new int[0];
        }
        int least = number();
        int most = !accept(",") ? least : at < pattern.length() && pattern.charAt(at) == '}' ? -1 : number();
        if (!accept("}") || (most >= 0 && most < least)) {
            throw refused("{", "expected a quantifier such as {1,3}");
        }
        return new int[] {least, most};
    }

    private int number() {
        int from = at;
        while (at < pattern.length() && at < from + 6 && Character.digit(pattern.charAt(at), 10) >= 0) {
            at++;
        }
        int value = from == at ? -1 : Integer.parseInt(pattern.substring(from, at));
        if (value < 0 || value > MOST_REPEATS) {
            throw refused("{", "expected a number of at most " + MOST_REPEATS);
        }
        return value;
    }

    private boolean accept(String expected) {
        boolean is = pattern.startsWith(expected, at);
        at += is ? expected.length() : 0;
        return is;
    }

    private UnsupportedFeatureException refused(String feature, String message) {
        return SetParser.refused(pattern, at, feature, message, place);
    }
}
