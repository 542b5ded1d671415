package dev.espalier.mask.stack;

import dev.espalier.automata.State;
import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSegment;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.frame.ResidualWalk;
import dev.espalier.mask.frame.StepClock;
import dev.espalier.mask.vocabulary.TokenMask;
import dev.espalier.mask.vocabulary.TokenSet;
import dev.espalier.mask.vocabulary.TokenTrie;
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
 * Masks of sets of stacks that reach packed ones ({@link StackSet#reachesPacked}), or that end through very many levels: frame by
 * frame from the top down. What is left over of the tokens is read at once by all that goes on below, through all that ends
 * ({@link Stepper#resumeThrough}). Where that makes very many sets, it is read by each part of what lies below once, however many
 * stacks the part is in. One thread.
 */
@SuppressWarnings("ReferenceEquality") // sets are told apart by identity
@FastPath(oracle = "PackedMasksTest")
final class PackedMasks {

    /** So many readings lie between two looks at the clock. */
    private static final int POLL = 255;

    /** So many readings are made of sets as a whole before they are made part by part. */
    private static final int MAX_WHOLE = 4_000;

    /** Where frames leave more than so many different rests over, tokens are read byte by byte. */
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

    /** What may go on reading: all tokens where there is no residual. */
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

    /** Everything above a part has ended with a result. */
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

    /** The tokens of a residual, whatever frame left them over. */
    private record Rest(TokenTrie trie, List<Integer> nodes) {}

    /** What one mask is put together from. */
    private final class Search {
        final ArrayDeque<Pending> pending = new ArrayDeque<>();
        final Set<Pending> seen = new HashSet<>();
        final Map<Ended, StackSet> resumed = new HashMap<>();
        final Map<Rest, Residual> rests = new HashMap<>();
        final Map<Residual, Residual> same = new HashMap<>();
        final Set<FrameMask> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        final TokenSet target;
        /** Whether what lies below goes on as a whole. */
        final boolean isWhole;

        Search(TokenSet target, boolean isWhole) {
            this.target = target;
            this.isWhole = isWhole;
        }

        /** What a frame says of tokens; what is below it goes on with its results. */
        void takeFrame(FrameMask mask, @Nullable Residual rest, StackSet below) {
            accept(mask);
            for (Residual left : mask.residuals()) {
                go(same.computeIfAbsent(left, this::canonical), below, left.result());
            }
            for (int result : mask.endsBefore()) {
                end(rest, below, result);
            }
        }

        /** What an upper part says of tokens; what is below its cuts goes on. */
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
     * @param upperParts whether states of rules that are on top together are taken together
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

    /** The tokens that a search finds; null if it takes more than so many readings, or there are too many rests. */
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
