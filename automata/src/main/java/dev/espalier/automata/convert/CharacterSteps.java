// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.convert;

import dev.espalier.automata.state.State;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a state does with whole characters: states of frames read bytes, rules have characters. */
final class CharacterSteps {

    /**
     * A callee with the state to return to.
     *
     * @param callee the start state of the frame that is called
     * @param then the state behind it
     */
    record Push(State callee, State then) {}

    /**
     * All ways on from a state.
     *
     * @param steps the states behind one character, each with the characters that lead there
     * @param pushes the frames that may be called
     */
    record Row(Map<State, CodePoints> steps, List<Push> pushes) {}

    /** The states behind the rest of a character, each with the values of those last bits. */
    private record Middle(State state, int bytes) {}

    /** A state that leads to more states by one character keeps what it reads. */
    private static final int MOST_NEXT = 500;

    private static final int[] LEAST = {0, 0x80, 0x800, 0x10000};

    private final Map<Middle, Map<State, BitSet>> middles = new HashMap<>();

    CharacterSteps() {}

    /** The ways on from a state between two characters. */
    Row of(State state) {
        Map<State, BitSet> steps = new LinkedHashMap<>();
        Map<Push, BitSet> pushes = new LinkedHashMap<>();
        for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
            int read = symbol;
            state.moves(symbol, new State.Moves() {
                @Override
                public void stay(State next) {
                    step(read, next, steps);
                }

                @Override
                public void push(State callee, State returnState) {
                    pushes.computeIfAbsent(new Push(callee, returnState), push -> new BitSet())
                            .set(read);
                }
            });
        }
        pushes.forEach(CharacterSteps::checkOffered);
        Map<State, CodePoints> characters = new LinkedHashMap<>();
        steps.forEach((next, set) -> characters.put(next, points(set)));
        return new Row(characters, new ArrayList<>(pushes.keySet()));
    }

    /** A rule calls whatever comes; so the callee must read nothing that it is not offered. */
    private static void checkOffered(Push push, BitSet offered) {
        for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
            if (!offered.get(symbol)) {
                push.callee().moves(symbol, new State.Moves() {
                    @Override
                    public void stay(State next) {
                        throw refused("it calls a frame for some of its texts only");
                    }

                    @Override
                    public void push(State callee, State returnState) {
                        throw refused("it calls a frame for some of its texts only");
                    }
                });
            }
        }
    }

    private void step(int lead, State next, Map<State, BitSet> steps) {
        int more = lead < 0x80
                ? 0
                : lead >= 0xC2 && lead < 0xE0
                        ? 1
                        : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead <= 0xF4 ? 3 : -1;
        if (more < 0) {
            throw refused("its texts are not UTF-8");
        } else if (more == 0) {
            steps.computeIfAbsent(next, state -> new BitSet()).set(lead);
            return;
        }
        int bits = (lead & (0x3F >> more)) << 6 * more;
        rest(new Middle(next, more)).forEach((target, set) -> {
            BitSet members = targets(steps, target);
            for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(set.nextClearBit(i))) {
                int first = bits | i;
                int last = bits | (set.nextClearBit(i) - 1);
                boolean isCut = first <= Character.MAX_SURROGATE && last >= Character.MIN_SURROGATE;
                if (first < LEAST[more] || last > Character.MAX_CODE_POINT || isCut) {
                    throw refused("its texts are not UTF-8");
                }
                members.set(first, last + 1);
            }
        });
    }

    private Map<State, BitSet> rest(Middle middle) {
        Map<State, BitSet> known = middles.get(middle);
        if (known != null) {
            return known;
        }
        Map<State, BitSet> rest = new LinkedHashMap<>();
        for (int low = 0; low < 0x40; low++) {
            int bits = low << 6 * (middle.bytes() - 1);
            middle.state().moves(0x80 | low, new State.Moves() {
                @Override
                public void stay(State next) {
                    if (middle.bytes() == 1) {
                        rest.computeIfAbsent(next, state -> new BitSet()).set(bits);
                        return;
                    }
                    rest(new Middle(next, middle.bytes() - 1)).forEach((target, set) -> {
                        BitSet members = targets(rest, target);
                        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(set.nextClearBit(i))) {
                            members.set(bits | i, (bits | (set.nextClearBit(i) - 1)) + 1);
                        }
                    });
                }

                @Override
                public void push(State callee, State returnState) {
                    throw refused("it calls a frame within a character");
                }
            });
        }
        middles.put(middle, rest);
        return rest;
    }

    private static BitSet targets(Map<State, BitSet> steps, State target) {
        if (steps.size() > MOST_NEXT) {
            throw refused("its states keep what they read, as keys that must differ are kept");
        }
        return steps.computeIfAbsent(target, state -> new BitSet());
    }

    private static CodePoints points(BitSet set) {
        List<Integer> bounds = new ArrayList<>();
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(set.nextClearBit(i))) {
            bounds.add(i);
            bounds.add(set.nextClearBit(i) - 1);
        }
        return CodePoints.ofRanges(bounds.stream().mapToInt(i -> i).toArray());
    }

    private static UnsupportedFeatureException refused(String why) {
        return new UnsupportedFeatureException("frame", "the frame cannot be written as rules: " + why, Place.UNKNOWN);
    }
}
