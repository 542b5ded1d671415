// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata;

import dev.espalier.automata.state.State;

/**
 * A register frame: {@code {a=1;c=1}}, members in any order, each of the keys a to d at most once, some required, each
 * followed by {@code =} and a value of another frame. The state carries the set of seen keys.
 */
public record KeysState(int required, int seen, Phase phase, State value) implements State {

    enum Phase {
        OPEN,
        KEY,
        EQUALS,
        MEMBER,
        CLOSED
    }

    public static KeysState start(int required, State value) {
        return new KeysState(required, 0, Phase.OPEN, value);
    }

    private static final int KEYS = 4;

    private boolean isComplete() {
        return (required & ~seen) == 0;
    }

    private KeysState in(Phase next) {
        return new KeysState(required, seen, next, value);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        switch (phase) {
            case OPEN -> {
                if (symbol == '{') {
                    moves.stay(in(Phase.KEY));
                }
            }
            case KEY -> {
                int key = symbol - 'a';
                if (key >= 0 && key < KEYS && (seen & (1 << key)) == 0) {
                    moves.stay(new KeysState(required, seen | (1 << key), Phase.EQUALS, value));
                }
            }
            case EQUALS -> {
                if (symbol == '=') {
                    moves.stay(in(Phase.MEMBER));
                }
            }
            case MEMBER -> moves.push(value, in(Phase.CLOSED));
            case CLOSED -> {
                if (symbol == ';' && seen != (1 << KEYS) - 1) {
                    moves.stay(in(Phase.KEY));
                } else if (symbol == '}' && isComplete()) {
                    moves.stay(new Done());
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    private record Done() implements State {
        @Override
        public void moves(int symbol, Moves moves) {}

        @Override
        public int[] results() {
            return RESULT_ZERO;
        }

        @Override
        public void resume(int result, Moves moves) {}

        @Override
        public int distance(int result) {
            return result == 0 ? 0 : Integer.MAX_VALUE;
        }
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        if (result == 0) {
            moves.stay(this);
        }
    }

    @Override
    public int distance(int result) {
        if (result != 0) {
            return Integer.MAX_VALUE;
        }
        int missing = Integer.bitCount(required & ~seen);
        int member = 2 + value.distance(0);
        return switch (phase) {
            case OPEN -> 1 + Math.max(1, missing) * member + Math.max(0, missing - 1) + 1;
            case KEY -> Math.max(1, missing) * member + Math.max(0, missing - 1) + 1;
            case EQUALS -> 1 + value.distance(0) + missing * (member + 1) + 1;
            case MEMBER -> value.distance(0) + missing * (member + 1) + 1;
            case CLOSED -> missing * (member + 1) + 1;
        };
    }
}
