// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.walk;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.SymbolicState;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.TokenIndex;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Masks of states that count ({@link Family.Counting}). One walk over the vocabulary from a symbolic state classifies the tokens by
 * their costs. The mask of a state of that shape is the union of the classes whose costs its room covers. {@code CounterMasksTest}
 * reads each token by itself. One thread.
 *
 * <p>Such a walk may cost a hundred times what a walk from one state does, where repetitions are ambiguous, and pays only if other states
 * of the shape follow. All of them together therefore do no more than a few times the work of walks from single states before
 * ({@link #paid}), but for an advance. One that is broken off for that reason is begun again when twice as much is saved up.
 */
@FastPath(oracle = "CounterMasksTest")
final class CounterMasks {

    private static final int ENTRY_BYTES = 200;
    private static final int LEVELS = 8;

    /** No limit on the numbers that are left open. */
    private static final int MANY = Integer.MAX_VALUE;

    /** Units of work granted to walks from symbolic states for each unit that a walk from a single state took. */
    private static final int SHARE = 3;

    private static final int MIDDLE = 32;
    private static final int LONG = 64;

    private final TokenTrie trie;
    private final TokenIndex index;
    /**
     * Automata whose horizons are all texts of at most 1, 2, 4, … bytes, and one for the whole vocabulary. Below each node a walk uses
     * the one for the longest token there.
     */
    private final LazyAutomaton[] levels;

    private final StepClock clock;
    private final TokenSet union;
    private final Function<State, FrameMask> shortTokens;
    private final List<Lengths> lengths;
    private final int[] codes;
    private final int[] levelCodes;
    private long visited;
    private long bytes;
    /** The units of work left for walks from symbolic states. */
    private long saved;

    /** Vectors of costs, one after the other, none of which is at least as much as another. */
    private record Vectors(int[] all) {

        /** True if a room covers one of the vectors. */
        boolean isMet(int[] room) {
            boolean isMet = room.length == 0;
            for (int at = 0; at < all.length && !isMet; at += room.length) {
                isMet = isMet(room, at);
            }
            return isMet;
        }

        private boolean isMet(int[] room, int at) {
            for (int i = 0; i < room.length; i++) {
                if (all[at + i] > room[i]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Vectors that && Arrays.equals(all, that.all);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(all);
        }
    }

    /** The classes of one shape. */
    private static final class Costs {
        final List<Vectors> live = new ArrayList<>();
        final List<TokenMask> tokens = new ArrayList<>();
        final List<Vectors> ends = new ArrayList<>();
        final List<Residual> left = new ArrayList<>();
        /** The greatest cost of each kind: more room is as good. */
        final int[] greatest;

        final Map<Vectors, FrameMask> byRoom = new HashMap<>();

        Costs(int kinds) {
            this.greatest = new int[kinds];
            Arrays.fill(greatest, Integer.MIN_VALUE);
        }

        private void meet(Vectors vectors) {
            for (int i = 0; i < vectors.all.length; i++) {
                greatest[i % greatest.length] = Math.max(greatest[i % greatest.length], vectors.all[i]);
            }
        }
    }

    /** The tokens in one range of lengths. For the short ones, which are nearly all, few counters are near their bounds. */
    private static final class Lengths {
        final int least;
        final int most;
        final Horizon horizon;
        /** The number of repetitions whose counts are left open. With more, long tokens would have very many ways to be paid for. */
        final int open;

        final Map<SymbolicState, Costs> shapes = new HashMap<>();
        /** By shape whose walk was broken off: the units to save before the next attempt. */
        final Map<SymbolicState, Long> needed = new HashMap<>();

        Lengths(int least, int most, Horizon horizon, int open) {
            this.open = open;
            this.least = least;
            this.most = most;
            this.horizon = horizon;
        }
    }

    /** The tokens and residuals gathered for one class. */
    private static final class Gathered {
        int[] numbers = new int[16];
        int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }
    }

    /**
     * Masks of states that count.
     *
     * @param union scratch space, which others may use between two calls
     * @param shortTokens the mask of a state without open numbers, for tokens of at most {@link TokenIndex#SHORT} bytes
     * @param advance units of work for walks from symbolic states before anything was {@link #paid}
     */
    CounterMasks(
            TokenIndex index,
            Stepper stepper,
            StepClock clock,
            TokenSet union,
            Function<State, FrameMask> shortTokens,
            int advance) {
        this.shortTokens = shortTokens;
        this.saved = advance;
        this.index = index;
        this.trie = index.trie();
        this.clock = clock;
        this.union = union;
        this.codes = new int[trie.depth() + 1];
        this.levelCodes = new int[trie.depth() + 1];
        this.levels = new LazyAutomaton[LEVELS];
        for (int level = 0; level < LEVELS - 1; level++) {
            levels[level] = new LazyAutomaton(stepper, clock, Horizon.of(1 << level));
        }
        levels[LEVELS - 1] = new LazyAutomaton(stepper, clock, index.horizon());
        this.lengths = List.of(
                new Lengths(1, TokenIndex.SHORT, Horizon.of(TokenIndex.SHORT), MANY),
                new Lengths(TokenIndex.SHORT + 1, MIDDLE, Horizon.of(MIDDLE), 1),
                new Lengths(MIDDLE + 1, LONG, Horizon.of(LONG), 1),
                new Lengths(LONG + 1, Integer.MAX_VALUE, index.horizon(), 1));
    }

    /** The mask of a state that counts; null where a walk from the state itself is likely to cost less. */
    @Nullable
    FrameMask of(State state) {
        visited = 0;
        List<FrameMask> masks = new ArrayList<>();
        for (Lengths lengths : lengths) {
            if (state.within(lengths.horizon).family() instanceof Family.Counting near) {
                for (Family.Part part : near.parts(lengths.open)) {
                    FrameMask mask = of(part, lengths);
                    if (mask == null) {
                        return null;
                    }
                    masks.add(mask);
                }
            }
        }
        union.clear();
        Set<Residual> left = new LinkedHashSet<>();
        for (FrameMask mask : masks) {
            union.addAll(mask.accepted());
            left.addAll(mask.residuals());
        }
        return new FrameMask(union.toMask(), state.results(), List.copyOf(left), visited);
    }

    /** Records units of work that a walk from a single counting state took. */
    void paid(long units) {
        saved += SHARE * units;
    }

    private @Nullable FrameMask of(Family.Part part, Lengths lengths) {
        if (part.room().length == 0 && lengths.most == TokenIndex.SHORT) {
            FrameMask mask = shortTokens.apply(part.shape());
            visited += mask.nodes();
            return mask;
        }
        Costs costs = lengths.shapes.get(part.shape());
        if (costs == null) {
            costs = afforded(part, lengths);
            if (costs == null) {
                return null;
            }
            lengths.shapes.put(part.shape(), costs);
        }
        int[] room = part.room().clone();
        for (int i = 0; i < room.length; i++) {
            room[i] = Math.min(room[i], costs.greatest[i]);
        }
        Vectors key = new Vectors(room);
        FrameMask known = costs.byRoom.get(key);
        if (known == null) {
            known = met(costs, room);
            costs.byRoom.put(key, known);
            bytes += ENTRY_BYTES
                    + known.accepted().bytes()
                    + 8L * known.residuals().size();
        }
        return known;
    }

    private @Nullable Costs afforded(Family.Part part, Lengths lengths) {
        if (saved <= lengths.needed.getOrDefault(part.shape(), 0L)) {
            return null;
        }
        long begun = clock.spent();
        Costs costs = walked(part, lengths, begun + saved);
        if (costs == null) {
            lengths.needed.put(part.shape(), 2 * saved);
        }
        saved -= Math.min(saved, clock.spent() - begun);
        return costs;
    }

    private FrameMask met(Costs costs, int[] room) {
        union.clear();
        for (int i = 0; i < costs.live.size(); i++) {
            if (costs.live.get(i).isMet(room)) {
                union.addAll(costs.tokens.get(i));
            }
        }
        List<Residual> left = new ArrayList<>();
        for (int i = 0; i < costs.ends.size(); i++) {
            if (costs.ends.get(i).isMet(room)) {
                left.add(costs.left.get(i));
            }
        }
        return new FrameMask(union.toMask(), State.NO_RESULTS, List.copyOf(left), 0);
    }

    /** Walks over the tokens of a range of lengths from a symbolic state; null if the clock passes a limit before the walk ends. */
    private @Nullable Costs walked(Family.Part part, Lengths lengths, long until) {
        Walk walk = new Walk();
        long before = visited;
        levelCodes[0] = level(lengths.most);
        codes[0] = levels[levelCodes[0]].of(StackSet.of(part.shape()));
        int node = 0;
        while (node < trie.nodeCount()) {
            int label = trie.label(node);
            int depth = label >>> 8;
            int height = Math.min(index.atoms().height(node), lengths.most - depth);
            if (height < 0 || depth + height < lengths.least) {
                node = trie.end(node);
                continue;
            }
            int level = levelCodes[depth - 1];
            int code = levels[level].next(codes[depth - 1], label & 0xff);
            if ((++visited & StepClock.NODES) == 0) {
                clock.nodes();
            }
            if (clock.spent() > until) {
                return null;
            }
            if (code == LazyAutomaton.DEAD) {
                node = trie.end(node);
                continue;
            }
            int last = depth < lengths.least ? 0 : trie.firstToken(node + 1);
            for (int i = trie.firstToken(node); i < last; i++) {
                walk.read(level, code).add(trie.tokens()[i]);
            }
            if (height > 0) {
                if ((code & 1) != 0) {
                    walk.ended(level, code).add(node);
                }
                int lower = level(height);
                levelCodes[depth] = lower;
                codes[depth] = lower == level ? code : walk.lowered(level, code, lower);
            }
            node++;
        }
        clock.nodes((int) (visited - before) & StepClock.NODES);
        return costs(walk.tokens, walk.ends, part.room().length);
    }

    /** The first level that is exact for texts of the given length in bytes. */
    private int level(int bytes) {
        int level = bytes <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(bytes - 1);
        return Math.min(level, levels.length - 1);
    }

    /** One walk from a symbolic state, which gathers tokens by the costs of the codes that they lead to. */
    private final class Walk {
        final Map<Vectors, Gathered> tokens = new HashMap<>();
        final Map<Vectors, Gathered> ends = new HashMap<>();
        private final Gathered[][] read = new Gathered[levels.length][0];
        private final Gathered[][] ended = new Gathered[levels.length][0];
        private final int[][] lowered = new int[levels.length * levels.length][0];

        Gathered read(int level, int code) {
            Gathered[] known = grown(read, level, code);
            if (known[code >> 1] == null) {
                known[code >> 1] =
                        tokens.computeIfAbsent(new Vectors(top(level, code).liveCosts()), unused -> new Gathered());
            }
            return known[code >> 1];
        }

        Gathered ended(int level, int code) {
            Gathered[] known = grown(ended, level, code);
            if (known[code >> 1] == null) {
                known[code >> 1] =
                        ends.computeIfAbsent(new Vectors(top(level, code).endCosts()), unused -> new Gathered());
            }
            return known[code >> 1];
        }

        private Gathered[] grown(Gathered[][] all, int level, int code) {
            if (all[level].length <= code >> 1) {
                all[level] = Arrays.copyOf(all[level], Math.max(64, code));
            }
            return all[level];
        }

        /** The code at a lower level for the set of stacks of a code. */
        int lowered(int level, int code, int lower) {
            int pair = level * levels.length + lower;
            if (lowered[pair].length <= code >> 1) {
                lowered[pair] = Arrays.copyOf(lowered[pair], Math.max(64, code));
            }
            int known = lowered[pair][code >> 1];
            if (known == 0) {
                known = levels[lower].of(levels[level].set(code));
                lowered[pair][code >> 1] = known;
            }
            return known;
        }
    }

    private SymbolicState top(int level, int code) {
        return (SymbolicState) levels[level].set(code).top(0);
    }

    private Costs costs(Map<Vectors, Gathered> tokens, Map<Vectors, Gathered> ends, int kinds) {
        Costs costs = new Costs(kinds);
        tokens.forEach((vectors, of) -> {
            union.clear();
            union.addAll(of.numbers, 0, of.size);
            TokenMask mask = union.toMask();
            costs.meet(vectors);
            costs.live.add(vectors);
            costs.tokens.add(mask);
            bytes += ENTRY_BYTES + mask.bytes();
        });
        ends.forEach((vectors, of) -> {
            costs.meet(vectors);
            costs.ends.add(vectors);
            costs.left.add(new Residual(0, trie, Arrays.copyOf(of.numbers, of.size)));
            bytes += ENTRY_BYTES + 4L * of.size;
        });
        return costs;
    }

    /** The number of nodes visited for the last mask. */
    long visited() {
        return visited;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        long sum = bytes;
        for (LazyAutomaton level : levels) {
            sum += level.bytes();
        }
        return sum;
    }

    /** Forgets everything if it takes more than the given bytes. */
    void trim(long maxBytes) {
        if (bytes > maxBytes / 2) {
            lengths.forEach(all -> {
                all.shapes.clear();
                all.needed.clear();
            });
            bytes = 0;
        }
        for (LazyAutomaton level : levels) {
            level.trim(maxBytes / LEVELS);
        }
    }
}
