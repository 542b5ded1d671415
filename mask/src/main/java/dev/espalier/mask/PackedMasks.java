package dev.espalier.mask;

import dev.espalier.automata.StackInterner;
import dev.espalier.automata.StackSegment;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
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
 * Masks of sets of stacks that reach packed ones ({@link StackSet#reachesPacked}): frame by frame from the top down, where what is left
 * over of the tokens is read by each part of what lies below once, however many stacks it is in. Level by level, as other sets are read,
 * there may be as many sets as there are sets of parts. Its oracle is the walk that reads every token byte by byte. One thread.
 */
final class PackedMasks {

    /** So many readings lie between two looks at the clock. */
    private static final int POLL = 255;

    /** Where frames leave more than so many different rests over, tokens are read byte by byte. */
    private static final int MAX_RESTS = 1_000;

    private final Function<State, FrameMask> frames;
    private final SegmentMasks segments;
    private final int segmentSets;
    private final StackInterner interner;
    private final ResidualMasks residuals;
    private final ResidualWalk walk;
    private final StepClock clock;
    private final Stepper stepper;
    private final Residual all;
    private final int size;

    /** What may go on reading: all tokens where there is no residual. */
    private record Pending(@Nullable Residual rest, StackSet part) {}

    /** The tokens of a residual, whatever frame left them over. */
    private record Rest(TokenTrie trie, List<Integer> nodes) {}

    /** What one mask is put together from. */
    private final class Search {
        final ArrayDeque<Pending> pending = new ArrayDeque<>();
        final Set<Pending> seen = new HashSet<>();
        final Map<Rest, Residual> rests = new HashMap<>();
        final Map<Residual, Residual> same = new HashMap<>();
        final Set<FrameMask> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        final TokenSet target;

        Search(TokenSet target) {
            this.target = target;
        }

        /** What a frame says of tokens; what is below it goes on with its results. */
        void takeFrame(FrameMask mask, @Nullable Residual rest, StackSet below) {
            accept(mask);
            for (Residual left : mask.residuals()) {
                go(same.computeIfAbsent(left, this::canonical), below, left.result());
            }
            for (int result : mask.endsBefore()) {
                go(rest, below, result);
            }
        }

        /** What an upper part says of tokens; what is below its cuts goes on. */
        void takeSegment(FrameMask mask, @Nullable Residual rest, StackSegment segment) {
            accept(mask);
            for (Residual left : mask.residuals()) {
                go(same.computeIfAbsent(left, this::canonical), segment.below(left.result()), 0);
            }
            for (int cut : mask.endsBefore()) {
                go(rest, segment.below(cut), 0);
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

        void go(@Nullable Residual rest, StackSet below, int result) {
            for (StackSet part : below.parts()) {
                StackSet after = stepper.resume(part, result);
                Pending next = new Pending(rest, after);
                if (after.size() > 0 && seen.add(next)) {
                    pending.add(next);
                    if ((seen.size() & POLL) == 0) {
                        clock.poll();
                    }
                }
            }
        }
    }

    /**
     * Masks of packed sets.
     *
     * @param frames masks of states
     * @param segmentSets sets of stacks that an upper part has at most
     * @param walk reads tokens byte by byte
     */
    PackedMasks(
            Vocabulary vocabulary,
            Function<State, FrameMask> frames,
            SegmentMasks segments,
            int segmentSets,
            StackInterner interner,
            ResidualMasks residuals,
            ResidualWalk walk,
            StepClock clock,
            Stepper stepper) {
        this.all = new Residual(0, vocabulary.tokens().trie(), null);
        this.size = vocabulary.size();
        this.frames = frames;
        this.segments = segments;
        this.segmentSets = segmentSets;
        this.interner = interner;
        this.residuals = residuals;
        this.walk = walk;
        this.clock = clock;
        this.stepper = stepper;
    }

    /** The text tokens that a set allows. */
    TokenMask of(StackSet set) {
        Search search = new Search(new TokenSet(size));
        search.pending.add(new Pending(null, set));
        while (!search.pending.isEmpty()) {
            Pending next = search.pending.pop();
            if (search.rests.size() > MAX_RESTS) {
                return walked(set);
            }
            read(next, search);
        }
        return search.target.toMask();
    }

    private void read(Pending next, Search search) {
        Residual rest = next.rest;
        StackSegment segment = StackSegment.of(next.part, segmentSets, interner);
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

    private TokenMask walked(StackSet set) {
        TokenSet read = new TokenSet(size);
        long unused = walk.read(all, set, read);
        return read.toMask();
    }
}
