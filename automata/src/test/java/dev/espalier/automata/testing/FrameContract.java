// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.SymbolicState;
import dev.espalier.automata.state.TailState;
import dev.espalier.automata.state.TextView;
import dev.espalier.core.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What every frame promises ({@link State}), checked on random walks from a start state. Failures name the seed and the
 * symbols read so far.
 */
public final class FrameContract {

    private static final int MAX_CALL_CHAIN = 2_000;

    /** In the shorter one states forget most; in the longer one few do. */
    private static final List<Integer> HORIZONS = List.of(3, 8);

    /** The most numbers that parts of states that count are asked to have. */
    private static final int COUNTED = 3;

    /** Symbols that are read from these parts. */
    private static final int COUNTED_SYMBOLS = 6;

    /** Symbols that are read from an inner state. */
    private static final int INNER_SYMBOLS = 4;

    /** Characters of a text that is to stay live. */
    private static final int STEADY = 4;

    /** Contents of strings: all of ASCII, all escapes of two letters, first and last of each length of UTF-8. */
    private static final List<String> CHARACTERS = characters();

    private final State start;
    private final int symbols;
    private final long seed;
    private final Stepper stepper = new Stepper(Limits.DEFAULT);
    private final Set<State> checked = new HashSet<>();
    private final Random chance;

    private FrameContract(State start, int symbols, long seed) {
        this.start = start;
        this.symbols = symbols;
        this.seed = seed;
        this.chance = new Random(seed);
    }

    private static List<String> characters() {
        List<String> characters = new ArrayList<>();
        for (int c = 0x20; c < 0x80; c++) {
            if (c != '"' && c != '\\') {
                characters.add(Character.toString(c));
            }
        }
        "\"\\/bfnrt".chars().forEach(c -> characters.add("\\" + (char) c));
        for (int c : new int[] {0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
            characters.add(Character.toString(c));
        }
        return characters;
    }

    /** Walks {@code walks} times, at most {@code length} symbols each, and checks every state on the way. */
    public static void check(State start, int symbols, long seed, int walks, int length) {
        FrameContract contract = new FrameContract(start, symbols, seed);
        Random random = new Random(seed);
        assertEquals(0, start.results().length, "a callee must not end before it has read something");
        for (int i = 0; i < walks; i++) {
            contract.walk(random, length);
        }
    }

    private void walk(Random random, int length) {
        StackSet set = StackSet.of(start);
        List<Integer> read = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            List<Integer> live = new ArrayList<>();
            for (int symbol = 0; symbol < symbols; symbol++) {
                if (!stepper.step(set, symbol).isEmpty()) {
                    live.add(symbol);
                }
            }
            String where = "seed " + seed + " after " + read;
            checkSet(set, where);
            checkDistance(set, live, where);
            if (live.isEmpty()) {
                assertTrue(stepper.results(set).length > 0, "dead end, " + where);
                return;
            }
            int symbol = live.get(random.nextInt(live.size()));
            set = stepper.step(set, symbol);
            read.add(symbol);
        }
    }

    /** The distance is that of the best next symbol plus one, or 0 where all may end. */
    private void checkDistance(StackSet set, List<Integer> live, String where) {
        int distance = stepper.distance(set);
        assertNotEquals(Integer.MAX_VALUE, distance, "no end in reach, " + where);
        assertEquals(distance == 0, stepper.results(set).length > 0, "distance 0 means it may end, " + where);
        int best = Integer.MAX_VALUE;
        for (int symbol : live) {
            best = Math.min(best, stepper.distance(stepper.step(set, symbol)));
        }
        if (distance > 0) {
            assertEquals(distance, best + 1, "the distance shrinks by one on the best way, " + where);
        }
    }

    private void checkSet(StackSet set, String where) {
        for (int i = 0; i < set.size(); i++) {
            if (checked.add(set.top(i))) {
                checkState(set.top(i), where);
            }
            checkSetBelow(set.below(i), where);
        }
    }

    private void checkSetBelow(StackSet below, String where) {
        for (int i = 0; i < below.size(); i++) {
            assertFalse(TailState.handsResultOn(below.top(i)), "such a return state is not pushed, " + where);
        }
    }

    private void checkState(State state, String where) {
        assertEquals(state, state);
        assertEquals(state.key(Horizon.of(8)), state.key(Horizon.of(8)), "a key, " + where);
        assertEquals(state.sharedKey(Horizon.of(8)), state.sharedKey(Horizon.of(8)), "a shared key, " + where);
        assertTrue(state.goal().length > 0, "no result in reach, " + where);
        assertTrue(isSorted(state.goal()) && isSorted(state.results()), where);
        for (int result : state.results()) {
            assertTrue(Arrays.binarySearch(state.goal(), result) >= 0, "an unwanted result, " + where);
            assertEquals(0, state.distance(result), where);
        }
        for (int result : state.goal()) {
            assertNotEquals(Integer.MAX_VALUE, state.distance(result), "goal without distance, " + where);
        }
        ByteSet readable = ByteView.readable(state);
        State near = state.within(Horizon.of(8));
        assertArrayEqualsAll(state.results(), near.results(), where);
        for (int symbol = 0; symbol < symbols; symbol++) {
            boolean mayRead = ByteView.mayRead(state, symbol);
            Recorder moves = new Recorder();
            state.moves(symbol, moves);
            checkMoves(state, symbol, moves, where);
            Recorder again = new Recorder();
            state.moves(symbol, again);
            assertEquals(moves.stays, again.stays, "moves are a function, " + where);
            Recorder nearMoves = new Recorder();
            near.moves(symbol, nearMoves);
            assertEquals(moves.isDead(), nearMoves.isDead(), "within(8) behaves alike, " + where);
            checkFilter(state, symbol, mayRead && ByteView.mayRead(state, symbol), where);
            ByteSet after = symbol % 16 == 0 ? ByteView.readable(state) : readable;
            if (symbol < State.SPECIAL) {
                checkFilter(state, symbol, readable.contains(symbol) && after.contains(symbol), where);
            }
        }
        for (int bytes : HORIZONS) {
            checkAlike(state, bytes, where);
        }
        checkCounted(state, where);
        checkInner(state, where);
        checkSteadyText(state, where);
        checkCharacters(state, where);
    }

    /** What the quick filter refuses leads nowhere, whether it is asked before the moves or after them. */
    private void checkFilter(State state, int symbol, boolean mayRead, String where) {
        if (!mayRead) {
            assertTrue(
                    stepper.step(StackSet.of(state), symbol).isEmpty(),
                    "mayRead or readable hides a move, " + where + " at " + symbol + " in " + state);
        }
    }

    /** A byte and one that is read alike lead to what no text of a horizon can tell apart. */
    private void checkAlike(State state, int bytes, String where) {
        ByteView view = state.byteView();
        if (view == null) {
            return;
        }
        Horizon horizon = Horizon.of(bytes);
        int symbol = chance.nextInt(State.SPECIAL);
        int like = view.like(symbol, horizon);
        String what = where + " at " + symbol + " as at " + like + " within " + bytes + " in " + state;
        assertEquals(like, view.like(like, horizon), "what is alike answers itself, " + what);
        StackSet set = StackSet.of(state);
        if (like != symbol) {
            checkSame(stepper.step(set, symbol), stepper.step(set, like), bytes, what);
        }
    }

    /** What a state that counts reads, one of its parts reads at costs that it has the room for, and none reads more. */
    private void checkCounted(State state, String where) {
        Family.Counting family = state.family() instanceof Family.Counting counting ? counting : null;
        for (int most = 1; family != null && most <= COUNTED; most++) {
            List<Family.Part> parts = family.parts(most);
            assertFalse(parts.isEmpty(), where);
            List<StackSet> read = new ArrayList<>();
            for (Family.Part part : parts) {
                assertTrue(part.room().length <= 2 * most, where);
                read.add(StackSet.of(part.shape()));
            }
            StackSet set = StackSet.of(state);
            for (int i = 0; i < COUNTED_SYMBOLS && !set.isEmpty(); i++) {
                List<Integer> live = new ArrayList<>();
                for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                    StackSet exact = stepper.step(set, symbol);
                    List<StackSet> next = stepped(read, symbol);
                    String what = where + ", counted " + most + " at " + symbol + " after " + i + " in " + state;
                    assertEquals(!exact.isEmpty(), isMet(parts, next, SymbolicState::liveCosts), what);
                    boolean ends = stepper.results(exact).length > 0;
                    assertEquals(ends, isMet(parts, next, FrameContract::endCosts), what);
                    if (!exact.isEmpty()) {
                        live.add(symbol);
                    }
                }
                if (live.isEmpty()) {
                    return;
                }
                int symbol = live.get(chance.nextInt(live.size()));
                set = stepper.step(set, symbol);
                read = stepped(read, symbol);
            }
        }
    }

    /** What an inner state reads without ending, but for the bytes that are apart, is what the state itself reads. */
    private void checkInner(State state, String where) {
        if (!(state.family() instanceof Family.Keeping inner)) {
            return;
        }
        StackSet outer = StackSet.of(state);
        StackSet set = StackSet.of(inner.inner());
        boolean isPlain = chance.nextBoolean();
        ByteSet apart = isPlain ? inner.apart() : inner.apart().or(inner.apartUnlessPlain());
        for (int i = 0; i < INNER_SYMBOLS; i++) {
            List<Integer> live = new ArrayList<>();
            for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                boolean isApart = (i == 0 && apart.contains(symbol))
                        || (isPlain && (symbol < 0x20 || symbol == '"' || symbol == '\\'));
                StackSet next = stepper.step(set, symbol);
                boolean mayLeave = i > 0 && next.isEmpty() && stepper.results(set).length > 0;
                if (!isApart && !mayLeave) {
                    String what = where + ", inside at " + symbol + " after " + i + " in " + state;
                    assertEquals(next.isEmpty(), stepper.step(outer, symbol).isEmpty(), what);
                    if (!next.isEmpty()) {
                        live.add(symbol);
                    }
                }
            }
            if (live.isEmpty()) {
                return;
            }
            int symbol = live.get(chance.nextInt(live.size()));
            set = stepper.step(set, symbol);
            outer = stepper.step(outer, symbol);
        }
    }

    private List<StackSet> stepped(List<StackSet> sets, int symbol) {
        return sets.stream().map(set -> stepper.step(set, symbol)).toList();
    }

    /** The costs with which a state may end; null if it may not. */
    private static int @Nullable [] endCosts(SymbolicState state) {
        return state.results().length == 0 ? null : state.endCosts();
    }

    /** Whether the room of a part is enough for some of what it costs to be where it is. */
    private static boolean isMet(
            List<Family.Part> parts, List<StackSet> sets, Function<SymbolicState, int @Nullable []> costs) {
        for (int i = 0; i < parts.size(); i++) {
            if (!sets.get(i).isEmpty()) {
                int[] all = costs.apply((SymbolicState) sets.get(i).top(0));
                if (all != null && isMet(parts.get(i).room(), all)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isMet(int[] room, int[] costs) {
        boolean isMet = room.length == 0;
        for (int at = 0; at < costs.length && !isMet; at += Math.max(1, room.length)) {
            int from = at;
            isMet = IntStream.range(0, room.length).allMatch(i -> costs[from + i] <= room[i]);
        }
        return isMet;
    }

    /** Reads one random text of a horizon from two sets on. */
    private void checkSame(StackSet a, StackSet b, int bytes, String what) {
        StackSet one = a;
        StackSet other = b;
        for (int i = 0; i < bytes; i++) {
            assertEquals(one.isEmpty(), other.isEmpty(), what);
            if (one.isEmpty()) {
                return;
            }
            assertArrayEqualsAll(stepper.results(one), stepper.results(other), what);
            List<Integer> live = new ArrayList<>();
            for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                boolean isLive = !stepper.step(one, symbol).isEmpty();
                assertEquals(isLive, !stepper.step(other, symbol).isEmpty(), what + ", then " + symbol);
                if (isLive) {
                    live.add(symbol);
                }
            }
            if (live.isEmpty()) {
                return;
            }
            int next = live.get(chance.nextInt(live.size()));
            one = stepper.step(one, next);
            other = stepper.step(other, next);
        }
    }

    /** Where whole characters are said to lead, they do, and what is in no range is dead. */
    private void checkCharacters(State state, String where) {
        TextView view = state.textView();
        if (view == null) {
            return;
        }
        List<Lead> leads = new ArrayList<>();
        boolean isKnown = view.characters((first, last, next) -> {
            assertTrue(leads.isEmpty() || leads.get(leads.size() - 1).last < first, "not ascending, " + where);
            leads.add(new Lead(first, last, next));
        });
        assertTrue(isKnown || leads.isEmpty(), where);
        List<Integer> characters = new ArrayList<>();
        leads.forEach(lead -> characters.addAll(List.of(lead.first - 1, lead.first, lead.last, lead.last + 1)));
        characters.addAll(List.of(0x20, 0x7f, 0x80, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF, chance.nextInt(0x3000)));
        for (int c : characters) {
            boolean isAsked = c >= 0x20 && c != '"' && c != '\\' && c <= 0x10FFFF && (c < 0xD800 || c >= 0xE000);
            if (isKnown && isAsked) {
                StackSet set = StackSet.of(state);
                for (byte value : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    set = set.isEmpty() ? set : stepper.step(set, value & 0xFF);
                }
                String what = "character " + c + ", " + where + " in " + state;
                List<StackSet> expected = leads.stream()
                        .filter(lead -> lead.first <= c && c <= lead.last)
                        .map(lead -> StackSet.of(lead.next))
                        .toList();
                assertEquals(expected, set.isEmpty() ? List.of() : List.of(set), what);
            }
        }
    }

    /** Where some characters lead. */
    private record Lead(int first, int last, State next) {}

    /** Any text of characters that are said to stay live does, as long as it may be, wherever it is cut off. */
    private void checkSteadyText(State state, String where) {
        TextView.SteadyText any = steadyText(state);
        ByteSet steady = any.characters();
        boolean isBeyond = steady.contains(0x80);
        for (int symbol = 0x80; symbol < State.SPECIAL; symbol++) {
            assertEquals(isBeyond, steady.contains(symbol), "some characters beyond ASCII, " + where + " in " + state);
        }
        List<String> characters = CHARACTERS.stream()
                .filter(text -> text.codePointAt(0) < 0x80 ? text.chars().allMatch(steady::contains) : isBeyond)
                .toList();
        StackSet set = StackSet.of(state);
        for (int i = 0; i < Math.min(STEADY, any.most()) && !characters.isEmpty(); i++) {
            int left = any.most() == Integer.MAX_VALUE ? any.most() : any.most() - i - 1;
            StackSet before = set;
            for (String character : characters) {
                StackSet after =
                        stepSteadily(before, character, new TextView.SteadyText(steady, left), where + " in " + state);
                set = chance.nextInt(characters.size()) == 0 ? after : set;
            }
            set = set == before
                    ? stepSteadily(before, characters.get(0), new TextView.SteadyText(steady, left), where)
                    : set;
        }
    }

    private static TextView.SteadyText steadyText(State state) {
        TextView view = state.textView();
        return view == null ? TextView.SteadyText.NONE : view.steadyText();
    }

    /** Reads a character, behind which as much is to be promised. */
    private StackSet stepSteadily(StackSet before, String character, TextView.SteadyText left, String where) {
        StackSet set = before;
        for (byte value : character.getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, value & 0xFF);
            assertFalse(set.isEmpty(), "dead at " + character + ", " + where);
            assertEquals(0, stepper.results(set).length, where);
        }
        assertEquals(1, set.size(), where);
        TextView.SteadyText after = steadyText(set.top(0));
        ByteSet lost = left.characters().without(after.characters());
        boolean isLess = left.most() > 0 && after.most() < left.most();
        boolean hasLost = left.most() > 0 && IntStream.range(0, State.SPECIAL).anyMatch(lost::contains);
        assertFalse(isLess || hasLost, "less is promised behind " + character + ", " + where);
        return set;
    }

    private static void assertArrayEqualsAll(int[] expected, int[] actual, String where) {
        assertEquals(Arrays.toString(expected), Arrays.toString(actual), where);
    }

    private void checkMoves(State state, int symbol, Recorder moves, String where) {
        if (!moves.isDead() && moves.calls.isEmpty()) {
            assertTrue(ByteView.mayRead(state, symbol), "mayRead hides a move, " + where + " at " + symbol);
        }
        for (State next : moves.stays) {
            assertTrue(next.goal().length > 0, "a move into a dead state, " + where + " at " + symbol);
        }
        for (State[] call : moves.calls) {
            assertEquals(0, call[0].results().length, "a callee that ends before reading, " + where);
            assertTrue(call[0].goal().length > 0, "a callee without result, " + where);
            for (int result : call[0].goal()) {
                Recorder resumed = new Recorder();
                call[1].resume(result, resumed);
                assertFalse(resumed.stays.isEmpty(), "a wanted result that does not resume, " + where);
                assertTrue(resumed.calls.isEmpty(), "resume offered a push, " + where);
            }
            assertTrue(callChain(call[0], symbol, 0) < MAX_CALL_CHAIN, "left recursion, " + where);
        }
    }

    private static int callChain(State state, int symbol, int depth) {
        if (depth >= MAX_CALL_CHAIN) {
            return depth;
        }
        Recorder moves = new Recorder();
        state.moves(symbol, moves);
        int deepest = depth;
        for (State[] call : moves.calls) {
            deepest = Math.max(deepest, callChain(call[0], symbol, depth + 1));
        }
        return deepest;
    }

    private static boolean isSorted(int[] values) {
        for (int i = 1; i < values.length; i++) {
            if (values[i - 1] >= values[i]) {
                return false;
            }
        }
        return true;
    }

    private static final class Recorder implements State.Moves {
        private final List<State> stays = new ArrayList<>();
        private final List<State[]> calls = new ArrayList<>();

        boolean isDead() {
            return stays.isEmpty() && calls.isEmpty();
        }

        @Override
        public void stay(State next) {
            stays.add(next);
        }

        @Override
        public void push(State callee, State returnState) {
            calls.add(new State[] {callee, returnState});
        }
    }
}
