// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.SchemaState;

/**
 * A state inside a JSON string with demands that are not regular.
 *
 * @param language what may be written
 * @param state a state of the automaton of its regular part
 * @param count the characters read, as far as counts are told apart
 * @param readings what else the text can become
 * @param spelling where in the spelling of a character, as {@link JsonCharacters} has it
 */
record ReadState(ReadLanguage language, int state, int count, ReadLanguage.Readings readings, int spelling)
        implements SchemaState, TextView {

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
            if (after.isLive()) {
                moves.stay(after);
            }
        } else if (next > 0) {
            ReadState open = new ReadState(language, state, count, readings, next);
            if (open.isLive()) {
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

    /** The results reachable from here. */
    private Reach reach() {
        if (spelling == JsonCharacters.PLAIN) {
            return language.reach(state, count, readings);
        }
        Reach[] reach = {Reach.NONE};
        boolean unused = completions((after, bytes) -> {
            reach[0] = reach[0].or(after.reach().plus(bytes));
            return false;
        });
        return reach[0];
    }

    private boolean isLive() {
        return spelling == JsonCharacters.PLAIN
                ? state >= 0 && language.isLive(state, count, readings)
                : completions((after, bytes) -> after.isLive());
    }

    /** Visits the states after the characters that a spelling can become, one for each different outlook, until one is accepted. */
    private boolean completions(After look) {
        Completion completion = Completion.of(spelling);
        int[] ranges = completion.ranges();
        CharacterAutomaton automaton = language.texts().automaton();
        for (int i = 0; i < completion.count(); i++) {
            int range = automaton.rangeFrom(state, ranges[3 * i]);
            while (range < automaton.rangeEnd(state) && automaton.first(range) <= ranges[3 * i + 1]) {
                int first = Math.max(automaton.first(range), ranges[3 * i]);
                int last = Math.min(automaton.last(range), ranges[3 * i + 1]);
                for (int c = first; c <= last; c = readings.alikeUntil(c, last) + 1) {
                    if (look.isEnough(after(automaton.target(range), c), ranges[3 * i + 2])) {
                        return true;
                    }
                }
                range++;
            }
        }
        return false;
    }

    private interface After {
        boolean isEnough(ReadState after, int bytes);
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
        CharacterAutomaton automaton = language.texts().automaton();
        int like = readings.like(symbol);
        if (like != symbol && automaton.next(state, like) == automaton.next(state, symbol)) {
            return like;
        }
        int least = automaton.like(state, spelling, symbol);
        return least < symbol && readings.sameUntil(least, symbol) == symbol ? least : symbol;
    }

    @Override
    public TextView textView() {
        return this;
    }

    @Override
    public SteadyText steadyText() {
        return spelling == JsonCharacters.PLAIN ? language.steady(state, count, readings) : SteadyText.NONE;
    }

    @Override
    public State within(Horizon horizon) {
        ReadLanguage.At far = language.within(state, count, horizon.bytes());
        return far.language().equals(language) && far.count() == count && far.state() == state
                ? this
                : new ReadState(far.language(), far.state(), far.count(), readings, spelling);
    }

    @Override
    public Object sharedKey(Horizon horizon) {
        return this;
    }
}
