// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSegment;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualWalk;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Masks of sets of stacks that reach packed ones ({@link StackSet#reachesPacked}), or that end through very many levels: frame by frame
 * from the top down. A residual is read at once from all stacks that go on below, through all frames that end
 * ({@link Stepper#resumeThrough}). If that makes too many sets, it is read once from each part of the set below, however many stacks
 * the part is in. One thread.
 */
@SuppressWarnings("ReferenceEquality") // sets are told apart by identity
@FastPath(oracle = "PackedMasksTest")
final class PackedMasks {

    /** Readings between two looks at the clock, less one. */
    private static final int POLL = 255;

    /** The number of readings of whole sets after which sets are read part by part. */
    private static final int MAX_WHOLE = 4_000;

    /** The number of different residuals above which tokens are read byte by byte. */
    private static final int MAX_RESTS = 1_000;

    private final Function<State, FrameMask> frames;
    private final SegmentMasks segments;
    private final boolean upperParts;
    private final StackInterner interner;
    private final ResidualMasks residuals;
    private final ResidualWalk walk;
    private final StepClock clock;
    private final Stepper stepper;
    private final Residual all;
    private final int size;

    /** A part that is to read a residual; all tokens if that is null. */
    private record Pending(@Nullable Residual rest, StackSet part) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Pending that && rest == that.rest && part == that.part;
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(rest) + part.hashCode();
        }
    }

    /** A part above which everything has ended with a result. */
    private record Ended(StackSet part, int result) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Ended that && part == that.part && result == that.result;
        }

        @Override
        public int hashCode() {
            return 31 * part.hashCode() + result;
        }
    }

    /** The tokens of a residual, regardless of the frame that left them over. */
    private record Rest(TokenTrie trie, List<Integer> nodes) {}

    /** The construction of one mask. */
    private final class Search {
        final ArrayDeque<Pending> pending = new ArrayDeque<>();
        final Set<Pending> seen = new HashSet<>();
        final Map<Ended, StackSet> resumed = new HashMap<>();
        final Map<Rest, Residual> rests = new HashMap<>();
        final Map<Residual, Residual> same = new HashMap<>();
        final Set<FrameMask> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        final TokenSet target;
        /** True if sets below go on as a whole, not part by part. */
        final boolean isWhole;

        Search(TokenSet target, boolean isWhole) {
            this.target = target;
            this.isWhole = isWhole;
        }

        /** Takes the mask of a frame, and goes on below it with its results. */
        void takeFrame(FrameMask mask, @Nullable Residual rest, StackSet below) {
            accept(mask);
            for (Residual left : mask.residuals()) {
                go(same.computeIfAbsent(left, this::canonical), below, left.result());
            }
            for (int result : mask.endsBefore()) {
                end(rest, below, result);
            }
        }

        /** Takes the mask of an upper part, and goes on below its cuts. */
        void takeSegment(FrameMask mask, @Nullable Residual rest, StackSegment segment) {
            accept(mask);
            for (Residual left : mask.residuals()) {
                go(same.computeIfAbsent(left, this::canonical), segment.below(left.result()), 0);
            }
            for (int cut : mask.endsBefore()) {
                end(rest, segment.below(cut), 0);
            }
        }

        private void accept(FrameMask mask) {
            if (taken.add(mask)) {
                target.addAll(mask.accepted());
            }
        }

        private Residual canonical(Residual left) {
            int[] nodes = left.nodes();
            List<Integer> key =
                    nodes == null ? List.of() : Arrays.stream(nodes).boxed().toList();
            return rests.computeIfAbsent(
                    new Rest(left.trie(), key), unused -> new Residual(0, left.trie(), left.nodes()));
        }

        /** Where sets go on as a whole, what goes on through all that ends at once was added with the set. */
        private void end(@Nullable Residual rest, StackSet below, int result) {
            if (!isWhole) {
                go(rest, below, result);
            }
        }

        private void go(@Nullable Residual rest, StackSet below, int result) {
            if (isWhole) {
                add(rest, stepper.resumeThrough(below, result));
                return;
            }
            for (StackSet part : below.parts()) {
                add(
                        rest,
                        resumed.computeIfAbsent(new Ended(part, result), ended -> stepper.resume(ended.part, result)));
            }
        }

        private void add(@Nullable Residual rest, StackSet after) {
            Pending next = new Pending(rest, after);
            if (after.size() > 0 && seen.add(next)) {
                pending.add(next);
                if ((seen.size() & POLL) == 0) {
                    clock.poll();
                }
            }
        }
    }

    /**
     * Masks of packed sets.
     *
     * @param frames masks of states
     * @param upperParts true if the states of rules on top are taken together, by upper parts
     * @param walk reads tokens byte by byte
     */
    PackedMasks(
            Vocabulary vocabulary,
            Function<State, FrameMask> frames,
            SegmentMasks segments,
            boolean upperParts,
            StackInterner interner,
            ResidualMasks residuals,
            ResidualWalk walk,
            StepClock clock,
            Stepper stepper) {
        this.all = new Residual(0, vocabulary.index().trie(), null);
        this.size = vocabulary.size();
        this.frames = frames;
        this.segments = segments;
        this.upperParts = upperParts;
        this.interner = interner;
        this.residuals = residuals;
        this.walk = walk;
        this.clock = clock;
        this.stepper = stepper;
    }

    /** The text tokens that a set allows. */
    TokenMask of(StackSet set) {
        TokenMask mask = read(set, new Search(new TokenSet(size), true), MAX_WHOLE);
        if (mask == null) {
            mask = read(set, new Search(new TokenSet(size), false), Integer.MAX_VALUE);
        }
        if (mask == null) {
            TokenSet read = new TokenSet(size);
            long unused = walk.read(all, set, read);
            mask = read.toMask();
        }
        return mask;
    }

    /** The tokens that a search finds; null if it takes more than {@code most} readings, or leaves too many different residuals. */
    private @Nullable TokenMask read(StackSet set, Search search, int most) {
        search.add(null, set);
        for (int i = 0; i < set.size() && search.isWhole; i++) {
            for (int result : set.top(i).results()) {
                search.go(null, set.below(i), result);
            }
        }
        while (!search.pending.isEmpty()) {
            if (search.rests.size() > MAX_RESTS || search.seen.size() > most) {
                return null;
            }
            read(search.pending.pop(), search);
        }
        return search.target.toMask();
    }

    private void read(Pending next, Search search) {
        Residual rest = next.rest;
        StackSegment segment = upperParts ? StackSegment.of(next.part, 1, interner) : null;
        if (segment != null) {
            FrameMask mask = rest == null ? segments.of(segment.upper()) : segments.of(rest, segment.upper());
            search.takeSegment(mask, rest, segment);
            return;
        }
        for (int i = 0; i < next.part.size(); i++) {
            State top = next.part.top(i);
            StackSet below = next.part.below(i);
            FrameMask mask = rest == null ? frames.apply(top) : residuals.ofFrame(rest, top);
            if (mask != null) {
                search.takeFrame(mask, rest, below);
            } else {
                long unused = walk.read(rest == null ? all : rest, stepper.single(top, below), search.target);
            }
        }
    }
}
