// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.format.RegexReading;
import dev.espalier.schemas.format.TextReading;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A best-first search for the shortest texts of a {@link ReadLanguage} whose regular part and rest constrain each other, so that
 * neither alone knows what can follow. Each of them gives a lower bound.
 */
@FastPath(oracle = "ReadSearchTest")
final class ReadSearch {

    /** Units of work for visiting a beginning. */
    private static final int UNITS = 16;

    /** Units of work for adding one. */
    private static final int UNITS_ADDED = 2;

    private static final int ASCII = 0x80;

    private final ReadLanguage language;
    private final int result;
    private final WorkMeter meter;
    private final PriorityQueue<Beginning> open = new PriorityQueue<>(BEST_FIRST);
    private final Set<At> seen = new HashSet<>();

    private static final Comparator<Beginning> BEST_FIRST =
            Comparator.comparingLong(Beginning::bound).thenComparing(b -> -b.bytes());

    private record At(int state, int count, ReadLanguage.Readings readings) {}

    private record Beginning(int bytes, long bound, At at) {}

    private ReadSearch(ReadLanguage language, int result) {
        this.language = language;
        this.result = result;
        WorkMeter running = WorkMeter.running();
        this.meter = running == null ? WorkMeter.ofStep(Limits.DEFAULT, new Cancellation()) : running;
    }

    /**
     * The fewest bytes to the end of a text with a result, the closing quotation mark included; {@link Integer#MAX_VALUE} if there is none.
     */
    static int bytes(ReadLanguage language, int state, int count, ReadLanguage.Readings readings, int result) {
        ReadSearch search = new ReadSearch(language, result);
        At at = new At(state, count, readings);
        int ended = search.ended(at);
        return ended <= language.estimate(state, count, readings).to(result) ? ended : search.run(at);
    }

    /** Whether there is a text with a result. */
    static boolean exists(ReadLanguage language, int state, int count, ReadLanguage.Readings readings, int result) {
        ReadSearch search = new ReadSearch(language, result);
        At at = new At(state, count, readings);
        return search.ended(at) < Integer.MAX_VALUE || search.run(at) < Integer.MAX_VALUE;
    }

    /** The bytes of a text that ends as one of the readings says it can; {@link Integer#MAX_VALUE} if none has the result. */
    private int ended(At from) {
        int best = Integer.MAX_VALUE;
        for (TextReading reading : from.readings.all()) {
            String ending = reading == null ? null : reading.ending();
            if (ending != null) {
                best = Math.min(best, ended(from, ending));
            }
        }
        return best;
    }

    private int ended(At from, String ending) {
        meter.spend(1 + ending.length());
        At at = from;
        for (int i = 0; i < ending.length() && at.state >= 0; i += Character.charCount(ending.codePointAt(i))) {
            at = after(at, ending.codePointAt(i), language.texts().automaton().next(at.state, ending.codePointAt(i)));
        }
        return at.state >= 0 && language.result(at.state, at.count, at.readings) == result
                ? RegexReading.bytes(ending) + 1
                : Integer.MAX_VALUE;
    }

    private At after(At at, int codePoint, int state) {
        int counted = language.texts().counted(at.count);
        return new At(state, counted, language.after(at.readings, codePoint, counted));
    }

    private int run(At from) {
        add(0, from);
        while (!open.isEmpty()) {
            Beginning next = open.remove();
            meter.spend(UNITS);
            if (!seen.add(next.at)) {
                continue;
            }
            if (language.result(next.at.state, next.at.count, next.at.readings) == result) {
                return next.bytes + 1;
            }
            extend(next);
        }
        return Integer.MAX_VALUE;
    }

    private void extend(Beginning from) {
        CharacterAutomaton automaton = language.texts().automaton();
        for (int r = automaton.rangeStart(from.at.state); r < automaton.rangeEnd(from.at.state); r++) {
            int last = automaton.last(r);
            for (int c = automaton.first(r); c <= last; ) {
                int until = from.at.readings.alikeUntil(c, last);
                int like = c < ASCII ? from.at.readings.like(c) : c;
                if (like == c || like < automaton.first(r) || like > last) {
                    int cheapest = cheapest(c, until);
                    At after = after(from.at, cheapest, automaton.target(r));
                    add(from.bytes + JsonCharacters.bytes(cheapest, cheapest), after);
                }
                c = until + 1;
            }
        }
    }

    private static int cheapest(int first, int last) {
        int best = first;
        for (int c = first; c <= Math.min(last, 0x7F); c++) {
            best = JsonCharacters.bytes(c, c) < JsonCharacters.bytes(best, best) ? c : best;
        }
        return best;
    }

    private void add(int bytes, At at) {
        if (!language.texts().hasRoomToClose(at.state, at.readings.closing(language.verdicts(result)))) {
            return;
        }
        meter.spend(UNITS_ADDED);
        int left = language.estimate(at.state, at.count, at.readings).to(result);
        if (left < Integer.MAX_VALUE) {
            open.add(new Beginning(bytes, (long) bytes + left, at));
        }
    }
}
