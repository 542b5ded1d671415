// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.pattern;

import dev.espalier.core.collect.IntList;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.pattern.PatternStates.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A regular expression with the matches that a backtracking engine would find, in linear time.
 *
 * <p>For each position of a text, {@link TextScanner} computes from right to left the set of states from which a match can be reached there.
 * It is a function of the set behind and of one code point, so a table holds it. A walk from left to right then takes the first way that is in the
 * set, and never has to turn back. Look-ahead is part of the set.
 *
 * <p>Immutable and thread-safe.
 */
@FastPath(oracle = "TextPatternTest")
public final class TextPattern {

    private static final int MOST_SETS_OF_STATES = 4000;
    private static final int MOST_CELLS = 1 << 22;

    /** The most states that are decided while the sets of them are made. */
    private static final int MOST_STEPS = 1 << 26;

    /** The longest pattern; those of published tokenizers have some hundred characters. */
    private static final int MOST_CHARACTERS = 10_000;

    /** In {@link #ways}: a match ends. */
    static final int END = -1;

    private final CharacterClasses classes;
    private final PatternStates states;

    /** The numbers of the sets before, by number of a set and class. */
    private final char[] backs;

    /** By number of a set and a state in it: the state behind the code point that is read, or {@link #END}. */
    private final int[] ways;

    private TextPattern(CharacterClasses classes, PatternStates states, char[] backs, int[] ways) {
        this.classes = classes;
        this.states = states;
        this.backs = backs;
        this.ways = ways;
    }

    /**
     * A pattern. Cost: some ten milliseconds.
     *
     * @param place where the pattern stands, for messages
     * @throws UnsupportedFeatureException for what is not supported, by name, and for patterns that are too large
     */
    public static TextPattern of(String pattern, PatternDialect dialect, Place place) {
        if (pattern.length() > MOST_CHARACTERS) {
            throw tooLarge(pattern, place);
        }
        PatternParser parser = new PatternParser(pattern, dialect, place);
        PatternStates states = new PatternStates(parser.parse());
        if (states.isTooLarge() || parser.sets().size() > CharacterClasses.MOST_SETS) {
            throw tooLarge(pattern, place);
        }
        CharacterClasses classes = new CharacterClasses(parser.sets(), parser.highest());
        if (classes.isTooMany()) {
            throw tooLarge(pattern, place);
        }
        Map<BitSet, Integer> numbers = new HashMap<>();
        IntList backs = new IntList();
        List<BitSet> sets = new ArrayList<>();
        sets.add(before(states, classes, new BitSet(), -1));
        numbers.put(sets.get(0), 0);
        for (int i = 0; i < sets.size(); i++) {
            for (int c = 0; c < classes.count(); c++) {
                BitSet back = before(states, classes, sets.get(i), c);
                backs.add(numbers.computeIfAbsent(back, added -> {
                    sets.add(added);
                    return sets.size() - 1;
                }));
            }
            long cells = (long) sets.size() * states.size();
            if (sets.size() > MOST_SETS_OF_STATES || cells > MOST_CELLS || cells * classes.count() > MOST_STEPS) {
                throw tooLarge(pattern, place);
            }
        }
        return new TextPattern(classes, states, chars(backs), ways(states, sets));
    }

    /** A pattern for a text that stands for itself. */
    public static TextPattern literal(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().forEach(c -> pattern.append(String.format("\\x{%x}", c)));
        return of(pattern.toString(), PatternDialect.ONIGURUMA, Place.UNKNOWN);
    }

    private static UnsupportedFeatureException tooLarge(String pattern, Place place) {
        return SetParser.refused(pattern, 0, "pattern", "it is too large", place);
    }

    private static char[] chars(IntList list) {
        char[] chars = new char[list.size()];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) list.get(i);
        }
        return chars;
    }

    /** The states from which a match can be reached before a code point of a class, -1 at the end of the text. */
    private static BitSet before(PatternStates states, CharacterClasses classes, BitSet behind, int characterClass) {
        BitSet decided = new BitSet();
        BitSet live = new BitSet();
        for (int state = 0; state < states.size(); state++) {
            isLive(state, states, classes, behind, characterClass, decided, live);
        }
        return live;
    }

    private static boolean isLive(
            int state,
            PatternStates states,
            CharacterClasses classes,
            BitSet behind,
            int characterClass,
            BitSet decided,
            BitSet live) {
        if (decided.get(state)) {
            return live.get(state);
        }
        decided.set(state);
        int next = states.next(state);
        int other = states.other(state);
        Kind kind = states.kind(state);
        boolean is;
        if (kind == Kind.MATCH) {
            is = true;
        } else if (kind == Kind.READ) {
            is = characterClass >= 0 && behind.get(next) && classes.isIn(characterClass, other);
        } else {
            boolean first = isLive(next, states, classes, behind, characterClass, decided, live);
            boolean second = isLive(other, states, classes, behind, characterClass, decided, live);
            is = kind == Kind.CHOOSE ? first || second : first && second == (kind == Kind.FOLLOWED);
        }
        live.set(state, is);
        return is;
    }

    private static int[] ways(PatternStates states, List<BitSet> sets) {
        int[] ways = new int[sets.size() * states.size()];
        for (int i = 0; i < sets.size(); i++) {
            BitSet live = sets.get(i);
            for (int from = live.nextSetBit(0); from >= 0; from = live.nextSetBit(from + 1)) {
                int state = from;
                while (states.kind(state) != Kind.MATCH && states.kind(state) != Kind.READ) {
                    boolean first = states.kind(state) != Kind.CHOOSE || live.get(states.next(state));
                    state = first ? states.next(state) : states.other(state);
                }
                ways[i * states.size() + from] = state == PatternStates.MATCH ? END : states.next(state);
            }
            ways[i * states.size() + PatternStates.MATCH] = END;
            if (!live.get(states.start())) {
                ways[i * states.size() + states.start()] = Integer.MIN_VALUE;
            }
        }
        return ways;
    }

    /** The set before a code point, given the number of that behind it. */
    int back(int set, int codePoint) {
        return backs[set * classes.count() + classes.of(codePoint)];
    }

    /** The state behind the code point that is read from a state where the set is live, or {@link #END}. */
    int way(int set, int state) {
        return ways[set * states.size() + state];
    }

    int start() {
        return states.start();
    }

    /** Whether a match begins where the set is live. */
    boolean begins(int set) {
        return way(set, start()) != Integer.MIN_VALUE;
    }
}
