// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.format.TextReading;
import dev.espalier.schemas.state.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of JSON strings with demands that are not regular: a {@link StringLanguage} for the regular part, whose results are numbers
 * of rows, and for each row a function of the verdicts on the other part. Immutable, equal by content.
 *
 * @param texts the regular part; its results are rows
 * @param kinds what the verdicts are about
 * @param isTangled whether the regular part and the rest constrain each other, so that what can be reached must be searched for
 * @param rows by row and set of true verdicts (bit i: kind i holds) the result; -1 for none
 */
public record ReadLanguage(StringLanguage texts, List<TextKind> kinds, boolean isTangled, List<List<Integer>> rows)
        implements StringFrame {

    private static final ByteSet NOT_PLAIN = ByteSet.of(symbol -> symbol < 0x20 || symbol == '"' || symbol == '\\');

    @Override
    public List<State> beginnings() {
        return List.of(new ReadState(this, texts.automaton().start(), 0, nothingRead(), JsonCharacters.PLAIN));
    }

    @Override
    public Reach reach() {
        int start = texts.automaton().start();
        return start < 0 ? Reach.NONE : reach(start, 0, nothingRead());
    }

    /** The empty text, to each kind. */
    Readings nothingRead() {
        List<@Nullable TextReading> all = new ArrayList<>();
        kinds.forEach(kind -> all.add(kind.begin()));
        return new Readings(all);
    }

    /** The readings of the text so far by each kind: null for a kind that it cannot become. */
    public record Readings(List<@Nullable TextReading> all) {

        public Readings next(int codePoint, int room) {
            List<@Nullable TextReading> next = new ArrayList<>(all.size());
            for (TextReading reading : all) {
                next.add(reading == null ? null : reading.next(codePoint, room));
            }
            return new Readings(next);
        }

        public int alikeUntil(int codePoint, int last) {
            int until = last;
            for (TextReading reading : all) {
                until = reading == null ? until : Math.min(until, reading.alikeUntil(codePoint));
            }
            return until;
        }

        /** The last character up to which all from a given one on lead to equal readings. */
        int sameUntil(int codePoint, int last) {
            int until = last;
            for (TextReading reading : all) {
                until = reading == null ? until : Math.min(until, reading.sameUntil(codePoint));
            }
            return until;
        }

        /** Characters after any of which all readings that there are go on, with these again. */
        public ByteSet steady() {
            ByteSet others = NOT_PLAIN;
            for (TextReading reading : all) {
                others = reading == null ? others : others.or(ByteSet.ALL.without(reading.steady()));
            }
            return ByteSet.ALL.without(others);
        }

        /** The representative of an ASCII character: it leads to equal readings. The character itself if none is known. */
        public int like(int codePoint) {
            int like = -1;
            for (TextReading reading : all) {
                int one = reading == null ? like : reading.like(codePoint);
                if (like >= 0 && one != like) {
                    return codePoint;
                }
                like = one;
            }
            return like < 0 ? codePoint : like;
        }

        /** Whether nothing is said of some verdicts that are true: a kind that the text cannot become does not hold. */
        boolean allow(int verdicts) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) == null && (verdicts >> i & 1) != 0) {
                    return false;
                }
            }
            return true;
        }

        /** A lower bound on the closing parentheses until some kinds hold, given as bits; any number for one that never will. */
        int closing(int kinds) {
            int closing = 0;
            for (int i = 0; i < all.size(); i++) {
                TextReading reading = (kinds >> i & 1) != 0 ? all.get(i) : null;
                closing = reading == null ? closing : Math.max(closing, reading.closing());
            }
            return closing;
        }

        public int verdicts() {
            int verdicts = 0;
            for (int i = 0; i < all.size(); i++) {
                TextReading reading = all.get(i);
                verdicts |= reading != null && reading.isAccepted() ? 1 << i : 0;
            }
            return verdicts;
        }
    }

    /** The result of a text that ends here with a number of characters of a span; -1 for none. */
    int resultIn(int span, int state, Readings readings) {
        int row = texts.resultIn(span, state);
        return row < 0 ? -1 : rows.get(row).get(readings.verdicts());
    }

    /** The result of a text that ends here; -1 for none. */
    int result(int state, int count, Readings readings) {
        int row = texts.result(state, count);
        return row < 0 || rows.get(row).stream().allMatch(result -> result < 0)
                ? -1
                : rows.get(row).get(readings.verdicts());
    }

    /** The readings after one more character, which is the {@code counted}-th. */
    Readings after(Readings readings, int codePoint, int counted) {
        return readings.next(codePoint, texts.room(counted));
    }

    /** A state and a count of a language. */
    record At(ReadLanguage language, int state, int count) {}

    /**
     * The representative of a language, a state and a count for some further characters; the same if a reading depends on how many
     * characters may follow.
     */
    At within(int state, int count, int characters) {
        if (kinds.stream().anyMatch(TextKind::isExact)) {
            return new At(this, state, count);
        }
        StringLanguage.At far = texts.within(count, characters);
        int near = far.language().alike(state, characters);
        return new At(
                far.language().equals(texts) ? this : new ReadLanguage(far.language(), kinds, isTangled, rows),
                near,
                far.count());
    }

    /** True if the automaton and the count no longer restrict what follows, so that only the readings matter. */
    boolean isFree(int state) {
        return !texts.isCounted()
                && texts.automaton().isUniversal(state)
                && kinds.stream().allMatch(kind -> kind.isExact() && kind.isOpen());
    }

    /**
     * The characters whose texts all stay live: those of the kinds, if any length is allowed, up to where too few characters are left
     * for an end.
     */
    TextView.SteadyText steady(int state, int count, Readings readings) {
        if (isFree(state)) {
            return new TextView.SteadyText(readings.steady(), Integer.MAX_VALUE);
        }
        int allHold = (1 << kinds.size()) - 1;
        boolean isGood = texts.automaton().isUniversal(state)
                && kinds.stream().allMatch(kind -> kind.isExact() && kind.isOpen())
                && readings.allow(allHold)
                && rows.stream().allMatch(row -> row.get(allHold) >= 0);
        if (!isGood) {
            return TextView.SteadyText.NONE;
        }
        int left = 0;
        for (TextReading reading : readings.all()) {
            left = reading == null ? left : Math.max(left, reading.charactersLeft());
        }
        int room = texts.room(count);
        int most = room == Integer.MAX_VALUE ? room : room - left;
        return most > 0 ? new TextView.SteadyText(readings.steady(), most) : TextView.SteadyText.NONE;
    }

    /** Whether some result can be reached. */
    boolean isLive(int state, int count, Readings readings) {
        if (!isFree(state)) {
            return isTangled
                    ? hasResult(state, count, readings)
                    : !estimate(state, count, readings).isEmpty();
        }
        List<Integer> row = rows.get(texts.resultIn(0, state));
        for (int verdicts = 0; verdicts < row.size(); verdicts++) {
            if (row.get(verdicts) >= 0 && readings.allow(verdicts)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasResult(int state, int count, Readings readings) {
        for (int result : estimate(state, count, readings).results()) {
            if (ReadSearch.exists(this, state, count, readings, result)) {
                return true;
            }
        }
        return false;
    }

    /** The results that can be reached, with the bytes to spell until after the closing quotation mark. */
    Reach reach(int state, int count, Readings readings) {
        Reach estimate = estimate(state, count, readings);
        if (!isTangled || isFree(state)) {
            return estimate;
        }
        Reach reach = Reach.NONE;
        for (int result : estimate.results()) {
            int bytes = ReadSearch.bytes(this, state, count, readings, result);
            reach = bytes == Integer.MAX_VALUE ? reach : reach.or(result, bytes);
        }
        return reach;
    }

    /** The kinds that hold of every text that has a result, as bits. */
    int verdicts(int result) {
        int all = (1 << kinds.size()) - 1;
        for (List<Integer> row : rows) {
            for (int verdicts = 0; verdicts < row.size(); verdicts++) {
                all &= row.get(verdicts) == result ? verdicts : -1;
            }
        }
        return all;
    }

    /** A superset of the reachable results, each with a lower bound on its bytes: exact if the parts do not constrain each other. */
    Reach estimate(int state, int count, Readings readings) {
        if (state < 0) {
            return Reach.NONE;
        }
        int kindsLeft = kinds.size();
        int[][] least = new int[2][1 << kindsLeft];
        for (int verdicts = 0; verdicts < 1 << kindsLeft; verdicts++) {
            for (int i = 0; i < kindsLeft; i++) {
                boolean holds = (verdicts >> i & 1) != 0;
                least[0][verdicts] = Math.max(least[0][verdicts], left(i, readings, holds, false));
                least[1][verdicts] = Math.max(least[1][verdicts], left(i, readings, holds, true));
            }
        }
        Reach reach = Reach.NONE;
        for (int row = 0; row < rows.size(); row++) {
            for (int verdicts = 0; verdicts < 1 << kindsLeft; verdicts++) {
                int result = rows.get(row).get(verdicts);
                if (result >= 0 && least[0][verdicts] < Integer.MAX_VALUE) {
                    int bytes = texts.bytes(state, count, row, least[0][verdicts], least[1][verdicts]);
                    reach = bytes == Integer.MAX_VALUE ? reach : reach.or(result, Reach.add(bytes, 1));
                }
            }
        }
        return reach;
    }

    /** The fewest characters, or bytes, until a kind holds, or does not; {@link Integer#MAX_VALUE} for never. */
    private int left(int kind, Readings readings, boolean holds, boolean bytes) {
        TextReading reading = readings.all().get(kind);
        if (reading == null) {
            return holds ? Integer.MAX_VALUE : 0;
        }
        if (holds) {
            return bytes ? reading.bytesLeft() : reading.charactersLeft();
        }
        // one character more makes a text that is whole one that is not
        return kinds.get(kind).isExact() && reading.isAccepted() ? 1 : 0;
    }

    /** The results by row and verdicts of diagrams that depend on nothing but the kinds. */
    static List<List<Integer>> rows(Diagrams diagrams, List<Integer> residuals, List<Integer> variables) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int residual : residuals) {
            Integer[] row = new Integer[1 << variables.size()];
            for (int verdicts = 0; verdicts < row.length; verdicts++) {
                int at = residual;
                while (at >= 0) {
                    at = diagrams.branch(at, (verdicts >> variables.indexOf(diagrams.top(at)) & 1) != 0);
                }
                row[verdicts] = at == Diagrams.DEAD ? -1 : Diagrams.result(at);
            }
            rows.add(Arrays.asList(row));
        }
        return List.copyOf(rows);
    }
}
