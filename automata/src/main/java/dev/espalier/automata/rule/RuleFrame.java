// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.rule;

import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.Nfa;
import dev.espalier.automata.state.RowState;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One rule as a deterministic automaton over bytes, special tokens and calls, determinised row by row on demand
 * (subset construction). Bytes are grouped into classes that no edge tells apart. Thread-safe.
 */
@FastPath(oracle = "AutomatonOracleTest")
public final class RuleFrame implements RowState.Frame {

    private static final int MAX_REPEATED = 64;

    private final Frames frames;
    private final int startState;
    private final int accept;
    private final Map<Core, RuleState> rowsByCore = new HashMap<>();
    private volatile RuleState[] rows = new RuleState[8];
    private int rowCount;
    private byte @Nullable [] classes;
    private int[] classExample = {};

    public RuleFrame(Frames frames, int startState, int accept) {
        this.frames = frames;
        this.startState = startState;
        this.accept = accept;
    }

    /** The start row for callers: it does not end before it has read something. */
    RuleState start() {
        return start(false);
    }

    /** The number of the start row; {@code accepts} says whether it accepts the empty text. */
    public int startRow(boolean accepts) {
        return start(accepts).row();
    }

    /** The row after a byte, by numbers; -1 where the byte is dead. */
    public int next(int row, int symbol) {
        return rows[row].ruleMoves().next(symbol);
    }

    /** The special tokens that a row reads, by its number. */
    public IntStream specials(int row) {
        return rows[row].ruleMoves().specials().keySet().stream().mapToInt(Integer::intValue);
    }

    /** Whether a row accepts, by its number. */
    public boolean accepts(int row) {
        return rows[row].results().length > 0;
    }

    /** The start row; {@code accepts} says whether it may end at once, which only the bottom frame may. */
    RuleState start(boolean accepts) {
        synchronized (frames) {
            int[] core = Arrays.stream(frames.closure(new int[] {startState}, 1, accept))
                    .filter(state -> state != accept || hasEdges(state))
                    .toArray();
            return row(core, accepts);
        }
    }

    private boolean hasEdges(int state) {
        return frames.nfa().firstEdge(state) >= 0;
    }

    private RuleState row(int[] core, boolean accepts) {
        Core key = new Core(core, accepts);
        RuleState known = rowsByCore.get(key);
        if (known == null) {
            frames.accountRow(4 * core.length);
            known = new RuleState(this, rowCount, core, accepts, distance(core, accepts));
            rowsByCore.put(key, known);
            RuleState[] grown = rows;
            if (rowCount == grown.length) {
                grown = Arrays.copyOf(grown, 2 * rowCount);
            }
            grown[rowCount++] = known;
            rows = grown;
        }
        return known;
    }

    @Override
    public RuleState union(List<RowState> some) {
        synchronized (frames) {
            int[] core = some.stream()
                    .flatMapToInt(row -> Arrays.stream(row.core()))
                    .sorted()
                    .distinct()
                    .toArray();
            return row(core, some.stream().anyMatch(row -> row.results().length > 0));
        }
    }

    /** A set of automaton states as a key. */
    private record Core(int[] states, boolean accepts) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Core core && accepts == core.accepts && Arrays.equals(states, core.states);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(states) * 2 + (accepts ? 1 : 0);
        }
    }

    private int distance(int[] core, boolean accepts) {
        if (accepts) {
            return 0;
        }
        Nfa nfa = frames.nfa();
        long best = Integer.MAX_VALUE;
        for (int state : core) {
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int rest = frames.lengths().toEnd(nfa.target(edge));
                int own = nfa.low(edge) == Nfa.CALL ? frames.lengths().shortest(nfa.high(edge)) : 1;
                if (nfa.low(edge) != Nfa.EMPTY && rest != Lengths.NEVER && own != Lengths.NEVER) {
                    best = Math.min(best, (long) own + rest);
                }
            }
        }
        return (int) Math.min(best, Integer.MAX_VALUE - 1);
    }

    /**
     * Whether the texts from a row that accepts to the frame's end are closed under concatenation: each row in which one ends
     * goes on as the row itself does. False also where more than {@value #MAX_REPEATED} rows would have to be looked at.
     */
    boolean isRepeated(RuleState start) {
        List<RuleState> met = new ArrayList<>(List.of(start));
        for (int i = 0; i < met.size(); i++) {
            RuleState row = met.get(i);
            if (met.size() > MAX_REPEATED || (row.results().length > 0 && !containsAll(row.core(), start.core()))) {
                return false;
            }
            RuleMoves moves = row.ruleMoves();
            for (int example : classExample) {
                if (moves.next(example) >= 0) {
                    meet(rows[moves.next(example)], met);
                }
            }
            moves.specials().values().forEach(next -> meet(next, met));
            for (RuleMoves.Call call : moves.calls()) {
                meet(call.returnState(), met);
            }
        }
        return true;
    }

    private static void meet(RuleState row, List<RuleState> met) {
        if (!met.contains(row)) {
            met.add(row);
        }
    }

    /** Whether all of some sorted numbers are among others. */
    private static boolean containsAll(int[] all, int[] some) {
        return Arrays.stream(some).allMatch(one -> Arrays.binarySearch(all, one) >= 0);
    }

    /** Where a row leads: made once, under the frames' lock. */
    RuleMoves expand(RuleState row) {
        synchronized (frames) {
            byte[] groups = byteClasses();
            int[] next = new int[classExample.length];
            Arrays.fill(next, -1);
            Targets targets = collect(row.core());
            for (int group = 0; group < next.length; group++) {
                int example = classExample[group];
                int[] reached = targets.reading(example);
                if (reached.length > 0) {
                    next[group] = rowAfter(reached).row();
                }
            }
            frames.accountRow(4 * next.length);
            return new RuleMoves(groups, next, specials(targets), calls(targets));
        }
    }

    private RuleState rowAfter(int[] reached) {
        int[] core = frames.closure(reached, reached.length, accept);
        return row(core, Arrays.binarySearch(core, accept) >= 0);
    }

    private Map<Integer, RuleState> specials(Targets targets) {
        Map<Integer, RuleState> specials = new HashMap<>();
        for (int i = 0; i < targets.count; i++) {
            if (targets.lows[i] >= State.SPECIAL) {
                specials.put(targets.lows[i], rowAfter(targets.reading(targets.lows[i])));
            }
        }
        return Map.copyOf(specials);
    }

    private List<RuleMoves.Call> calls(Targets targets) {
        List<RuleMoves.Call> calls = new ArrayList<>();
        targets.calls.forEach((callee, reached) -> {
            int[] states = reached.stream().mapToInt(Integer::intValue).toArray();
            calls.add(new RuleMoves.Call(frames.start(callee), rowAfter(states)));
        });
        return List.copyOf(calls);
    }

    /** The edges of a row that lead somewhere. */
    private static final class Targets {
        private int[] lows = new int[8];
        private int[] highs = new int[8];
        private int[] targets = new int[8];
        private int count;
        private final Map<Integer, List<Integer>> calls = new TreeMap<>();

        void add(int low, int high, int target) {
            if (count == lows.length) {
                lows = Arrays.copyOf(lows, 2 * count);
                highs = Arrays.copyOf(highs, 2 * count);
                targets = Arrays.copyOf(targets, 2 * count);
            }
            lows[count] = low;
            highs[count] = high;
            targets[count++] = target;
        }

        int[] reading(int symbol) {
            int[] reached = new int[count];
            int size = 0;
            for (int i = 0; i < count; i++) {
                if (lows[i] <= symbol && symbol <= highs[i]) {
                    reached[size++] = targets[i];
                }
            }
            return Arrays.copyOf(reached, size);
        }
    }

    private Targets collect(int[] core) {
        Nfa nfa = frames.nfa();
        Lengths lengths = frames.lengths();
        Targets found = new Targets();
        for (int state : core) {
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                int target = nfa.target(edge);
                int low = nfa.low(edge);
                if (low == Nfa.EMPTY || lengths.toEnd(target) == Lengths.NEVER) {
                    continue;
                }
                if (low != Nfa.CALL) {
                    found.add(low, nfa.high(edge), target);
                } else if (lengths.shortest(nfa.high(edge)) != Lengths.NEVER) {
                    found.calls
                            .computeIfAbsent(nfa.high(edge), callee -> new ArrayList<>())
                            .add(target);
                }
            }
        }
        return found;
    }

    /** Groups the 256 bytes by the edges of this frame; found once, by a walk over the frame's part of the graph. */
    private byte[] byteClasses() {
        byte[] known = classes;
        if (known != null) {
            return known;
        }
        boolean[] starts = new boolean[257];
        starts[0] = true;
        Nfa nfa = frames.nfa();
        BitSet seen = new BitSet();
        ArrayDeque<Integer> pending = new ArrayDeque<>();
        seen.set(startState);
        pending.push(startState);
        while (!pending.isEmpty()) {
            int state = pending.pop();
            for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
                if (nfa.low(edge) >= 0 && nfa.low(edge) < State.SPECIAL) {
                    starts[nfa.low(edge)] = true;
                    starts[nfa.high(edge) + 1] = true;
                }
                if (!seen.get(nfa.target(edge))) {
                    seen.set(nfa.target(edge));
                    pending.push(nfa.target(edge));
                }
            }
        }
        byte[] groups = new byte[256];
        int[] examples = new int[256];
        int count = 0;
        for (int value = 0; value < 256; value++) {
            if (starts[value]) {
                examples[count++] = value;
            }
            groups[value] = (byte) (count - 1);
        }
        classExample = Arrays.copyOf(examples, count);
        classes = groups;
        return groups;
    }

    RuleState ruleState(int row) {
        return rows[row];
    }
}
