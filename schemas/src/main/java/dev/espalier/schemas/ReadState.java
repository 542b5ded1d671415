package dev.espalier.schemas;

import dev.espalier.automata.Horizon;
import dev.espalier.automata.State;

/**
 * Inside a JSON string of which more is asked than an automaton can tell.
 *
 * @param language what may be written
 * @param state a state of the automaton of its regular part
 * @param count the characters read, as far as counts are told apart
 * @param readings what else the text can become
 * @param spelling where in the spelling of a character, as {@link JsonCharacters} has it
 */
record ReadState(ReadLanguage language, int state, int count, ReadLanguage.Readings readings, int spelling)
        implements State {

    private static final int ASCII = 0x80;

    @Override
    public void moves(int symbol, Moves moves) {
        if (symbol >= SPECIAL) {
            return;
        }
        int next = JsonCharacters.next(spelling, symbol);
        next = language.texts().isShortest() ? JsonCharacters.shortest(next) : next;
        if (next == JsonCharacters.CLOSE) {
            int result = language.result(state, count, readings);
            if (result >= 0) {
                moves.stay(EndState.of(result));
            }
        } else if (next <= JsonCharacters.CHARACTER) {
            int codePoint = JsonCharacters.CHARACTER - next;
            ReadState after = after(language.texts().automaton().next(state, codePoint), codePoint);
            if (after.state >= 0 && !after.reach().isEmpty()) {
                moves.stay(after);
            }
        } else if (next > 0) {
            ReadState open = new ReadState(language, state, count, readings, next);
            if (!open.reach(true).isEmpty()) {
                moves.stay(open);
            }
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        int next = symbol < SPECIAL ? JsonCharacters.next(spelling, symbol) : JsonCharacters.DEAD;
        next = language.texts().isShortest() ? JsonCharacters.shortest(next) : next;
        if (next == JsonCharacters.CLOSE) {
            return language.texts().result(state, count) >= 0;
        }
        return next != JsonCharacters.DEAD
                && language.texts()
                        .automaton()
                        .hasNext(state, JsonCharacters.least(next), JsonCharacters.greatest(next));
    }

    private ReadState after(int target, int codePoint) {
        int counted = language.texts().counted(count);
        return new ReadState(
                language, target, counted, language.after(readings, codePoint, counted), JsonCharacters.PLAIN);
    }

    private Reach reach() {
        return reach(false);
    }

    /** What can be reached from here; any part of it that is not empty, if that is enough. */
    private Reach reach(boolean any) {
        if (spelling == JsonCharacters.PLAIN) {
            return language.reach(state, count, readings);
        }
        Completion completion = Completion.of(spelling);
        int[] ranges = completion.ranges();
        CharacterAutomaton automaton = language.texts().automaton();
        Reach reach = Reach.NONE;
        for (int i = 0; i < completion.count(); i++) {
            int range = automaton.rangeFrom(state, ranges[3 * i]);
            while (range < automaton.rangeEnd(state) && automaton.first(range) <= ranges[3 * i + 1]) {
                int first = Math.max(automaton.first(range), ranges[3 * i]);
                int last = Math.min(automaton.last(range), ranges[3 * i + 1]);
                for (int c = first; c <= last; c = readings.alikeUntil(c, last) + 1) {
                    reach = reach.or(after(automaton.target(range), c).reach().plus(ranges[3 * i + 2]));
                    if (any && !reach.isEmpty()) {
                        return reach;
                    }
                }
                range++;
            }
        }
        return reach;
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        return reach().results();
    }

    @Override
    public int distance(int result) {
        return reach().to(result);
    }

    @Override
    public int like(int symbol, Horizon horizon) {
        if (spelling != JsonCharacters.PLAIN || symbol >= ASCII) {
            return symbol;
        }
        int least = language.texts().automaton().like(state, spelling, symbol);
        return least < symbol && readings.sameUntil(least, symbol) == symbol ? least : symbol;
    }

    @Override
    public State within(Horizon horizon) {
        ReadLanguage.At far = language.within(state, count, horizon.bytes());
        return far.language().equals(language) && far.count() == count && far.state() == state
                ? this
                : new ReadState(far.language(), far.state(), far.count(), readings, spelling);
    }

    @Override
    public boolean isSelfContained() {
        return true;
    }
}
