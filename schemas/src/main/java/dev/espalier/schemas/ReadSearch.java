package dev.espalier.schemas;

import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.WorkMeter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Searches for the shortest texts of a {@link ReadLanguage} where its regular part and the rest constrain each other, so that
 * neither knows alone what can still follow. Best first: what each of them lacks at least is known. Oracle: all short texts.
 */
final class ReadSearch {

    /** What a beginning costs, in units of work. */
    private static final int UNITS = 16;

    private final ReadLanguage language;
    private final int result;
    private final PriorityQueue<Beginning> open = new PriorityQueue<>(BEST_FIRST);
    private final Set<At> seen = new HashSet<>();

    private static final Comparator<Beginning> BEST_FIRST =
            Comparator.comparingLong(Beginning::bound).thenComparing(b -> -b.bytes());

    private record At(int state, int count, ReadLanguage.Readings readings) {}

    private record Beginning(int bytes, long bound, At at) {}

    private ReadSearch(ReadLanguage language, int result) {
        this.language = language;
        this.result = result;
    }

    /**
     * The fewest bytes until behind the closing quotation mark of a text with a result; {@link Integer#MAX_VALUE} if there is none.
     */
    static int bytes(ReadLanguage language, int state, int count, ReadLanguage.Readings readings, int result) {
        ReadSearch search = new ReadSearch(language, result);
        search.add(0, new At(state, count, readings));
        return search.run();
    }

    private int run() {
        WorkMeter running = WorkMeter.running();
        WorkMeter meter = running == null ? WorkMeter.ofStep(Limits.DEFAULT, new Cancellation()) : running;
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
                int counted = language.texts().counted(from.at.count);
                int cheapest = cheapest(c, until);
                ReadLanguage.Readings after = language.after(from.at.readings, cheapest, counted);
                add(from.bytes + JsonCharacters.bytes(cheapest, cheapest), new At(automaton.target(r), counted, after));
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
        int left = language.estimate(at.state, at.count, at.readings).to(result);
        if (left < Integer.MAX_VALUE) {
            open.add(new Beginning(bytes, (long) bytes + left, at));
        }
    }
}
