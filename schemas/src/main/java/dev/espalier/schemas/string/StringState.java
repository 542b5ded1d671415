// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.Completion;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.TextState;
import org.jspecify.annotations.Nullable;

/**
 * A state inside a JSON string, or inside a key read as one.
 *
 * @param language what may be written
 * @param state a state of the language's automaton; for a settled spelling the one after its character
 * @param count the characters read, as far as counts are told apart; for a settled spelling with its character
 * @param spelling where in the spelling of a character, as {@link JsonCharacters} has it
 */
@FastPath(oracle = "FilterTest")
public record StringState(StringLanguage language, int state, int count, int spelling) implements TextState {

    /** The number of ranges of a state up to which the bytes that it reads are found by range, not by byte. */
    private static final int FEW_RANGES = 512;

    /** The state after the opening quotation mark. */
    static StringState start(StringLanguage language) {
        return new StringState(language, language.automaton().start(), 0, JsonCharacters.PLAIN);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (symbol >= SPECIAL) {
            return;
        }
        int next = JsonCharacters.next(spelling, symbol);
        next = language.isShortest() ? JsonCharacters.shortest(next) : next;
        if (next == JsonCharacters.CLOSE) {
            int result = language.result(state, count);
            if (result >= 0) {
                moves.stay(EndState.of(result));
            }
        } else if (next <= JsonCharacters.CHARACTER) {
            int after = language.automaton().next(state, JsonCharacters.CHARACTER - next);
            int counted = language.counted(count);
            if (language.isLive(after, counted)) {
                moves.stay(new StringState(language, after, counted, JsonCharacters.PLAIN));
            }
        } else if (next == JsonCharacters.PLAIN || (next > 0 && JsonCharacters.isSettled(next))) {
            moves.stay(new StringState(language, state, count, next));
        } else if (next > 0) {
            partial(next, moves);
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        int next = symbol < SPECIAL ? JsonCharacters.next(spelling, symbol) : JsonCharacters.DEAD;
        next = language.isShortest() ? JsonCharacters.shortest(next) : next;
        if (next == JsonCharacters.CLOSE) {
            return language.result(state, count) >= 0;
        }
        return next != JsonCharacters.DEAD
                && (next == JsonCharacters.PLAIN
                        || JsonCharacters.isSettled(next)
                        || language.automaton()
                                .hasNext(state, JsonCharacters.least(next), JsonCharacters.greatest(next)));
    }

    @Override
    public ByteSet readable() {
        CharacterAutomaton automaton = language.automaton();
        int from = automaton.rangeStart(state);
        int to = automaton.rangeEnd(state);
        if (spelling != JsonCharacters.PLAIN || to - from > FEW_RANGES) {
            return TextState.super.readable();
        }
        long[] words = new long[4];
        for (int range = from; range < to; range++) {
            JsonCharacters.addFirstBytes(automaton.first(range), automaton.last(range), words);
        }
        addIfRead('"', words);
        addIfRead('\\', words);
        return ByteSet.of(words);
    }

    private void addIfRead(int symbol, long[] words) {
        words[symbol >> 6] |= mayRead(symbol) ? 1L << symbol : 0;
    }

    private void partial(int next, Moves moves) {
        int counted = language.counted(count);
        int only = Completion.of(next).target(language.automaton(), state, after -> language.isLive(after, counted));
        int settled = JsonCharacters.settled(next);
        if (only >= 0 && settled >= 0) {
            moves.stay(new StringState(language, only, counted, settled));
        } else if (only != Completion.NOWHERE) {
            moves.stay(new StringState(language, state, count, next));
        }
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    /** The results reachable from here. */
    Reach reach() {
        if (spelling == JsonCharacters.PLAIN) {
            return language.reach(state, count);
        }
        if (JsonCharacters.isSettled(spelling)) {
            return language.reach(state, count).plus(JsonCharacters.bytesLeft(spelling));
        }
        int counted = language.counted(count);
        Reach[] all = {Reach.NONE};
        Completion.of(spelling)
                .forEach(
                        language.automaton(),
                        state,
                        (after, bytes) -> all[0] =
                                all[0].or(language.reach(after, counted).plus(bytes)));
        return all[0];
    }

    @Override
    public int[] goal() {
        return reach().results();
    }

    @Override
    public int distance(int result) {
        return reach().to(result);
    }

    @Override
    public int farthest(Horizon horizon) {
        int most = language.farthestEnd(count);
        return most == Integer.MAX_VALUE ? -1 : Reach.add(most, JsonCharacters.MOST_LEFT);
    }

    @Override
    public int like(int symbol, Horizon horizon) {
        return language.automaton().like(state, spelling, symbol);
    }

    @Override
    public State within(Horizon horizon) {
        StringLanguage.At far = language.within(count, horizon.bytes());
        int near = far.language().alike(state, horizon.bytes());
        return far.language() == language && far.count() == count && near == state
                ? this
                : new StringState(far.language(), near, far.count(), spelling);
    }

    @Override
    public int plainTextBound() {
        return spelling == JsonCharacters.PLAIN ? language.plainTextBound(state, count) : -1;
    }

    /** True if any text leads back here up to the closing quotation mark. */
    public boolean isAnyText() {
        return spelling == JsonCharacters.PLAIN
                && !language.isCounted()
                && language.automaton().isUniversal(state);
    }

    @Override
    public boolean characters(Characters characters) {
        if (spelling != JsonCharacters.PLAIN) {
            return false;
        }
        CharacterAutomaton automaton = language.automaton();
        int counted = language.counted(count);
        for (int r = automaton.rangeStart(state); r < automaton.rangeEnd(state); r++) {
            int after = automaton.target(r);
            if (language.isLive(after, counted)) {
                State next = new StringState(language, after, counted, JsonCharacters.PLAIN);
                characters.lead(automaton.first(r), automaton.last(r), next);
            }
        }
        return true;
    }

    /** None where the language is large: a mask that other grammars may use would keep it alive. */
    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        return language.isLarge() ? null : this;
    }
}
