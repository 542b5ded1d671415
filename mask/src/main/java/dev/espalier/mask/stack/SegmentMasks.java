// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.stack;

import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSegment;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.FrameMask;
import dev.espalier.mask.frame.MaskMemory;
import dev.espalier.mask.frame.Reading;
import dev.espalier.mask.frame.Residual;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.token.TokenSet;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.mask.walk.CalleeMasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Masks of the upper parts of sets of stacks, whatever lies below their cuts ({@link StackSegment}): a {@link FrameMask} with the
 * numbers of cuts as results. Found once for all sets that differ only below, from what the states that are about to read
 * ({@link Stepper#open}) read by themselves. One thread.
 */
@FastPath(oracle = "SegmentMasksTest")
public final class SegmentMasks {

    /** The number of first bytes above which a frame is taken to read words, not marks or keywords. Masks do not depend on it. */
    private static final int FEW_BYTES = 16;

    private final TokenTrie trie;
    private final Horizon horizon;
    private final StackInterner interner;
    private final CalleeMasks callees;
    private final Stepper stepper;
    private final MaskMemory memory;
    private final Function<State, FrameMask> frames;
    private final TokenSet union;
    private final Map<StackSet, FrameMask> wholes = new HashMap<>();
    private final Map<Reading, FrameMask> rests = new HashMap<>();
    private final Map<Top, FrameMask> tops = new HashMap<>();
    private final Map<Own, FrameMask> owns = new HashMap<>();
    private final Map<Integer, Residual> subtrees = new HashMap<>();
    /** Tries and node arrays of residuals, which several masks may share: each is counted once. */
    private final Set<Object> counted = Collections.newSetFromMap(new IdentityHashMap<>());

    private long bytes;
    private long visited;

    /** A state that reads the subtree below a node. */
    private record Own(int node, State state) {}

    /** A residual with the state that reads it. */
    private record Top(Residual residual, State state) {}

    /** The mask of one upper part under construction. */
    private static final class Parts {
        final List<TokenMask> accepted = new ArrayList<>();
        final Set<Residual> left = new LinkedHashSet<>();
        int[] ends = State.NO_RESULTS;

        void accept(TokenMask mask) {
            if (!mask.isEmpty() && !accepted.contains(mask)) {
                accepted.add(mask);
            }
        }

        void leave(Residual residual, int cut) {
            left.add(residual.result() == cut ? residual : new Residual(cut, residual.trie(), residual.nodes()));
        }

        void end(int cut) {
            if (Arrays.binarySearch(ends, cut) < 0) {
                ends = Arrays.copyOf(ends, ends.length + 1);
                ends[ends.length - 1] = cut;
                Arrays.sort(ends);
            }
        }
    }

    /**
     * Masks of upper parts.
     *
     * @param union scratch space, which others may use between two calls and while masks of states are made
     * @param frames masks of states
     */
    SegmentMasks(
            Vocabulary vocabulary,
            CalleeMasks callees,
            Stepper stepper,
            StackInterner interner,
            MaskMemory memory,
            TokenSet union,
            Function<State, FrameMask> frames) {
        this.trie = vocabulary.index().trie();
        this.horizon = vocabulary.index().horizon();
        this.interner = interner;
        this.callees = callees;
        this.stepper = stepper;
        this.memory = memory;
        this.frames = frames;
        this.union = union;
    }

    /** The mask of an upper part for all tokens. */
    FrameMask of(StackSet upper) {
        FrameMask known = wholes.get(upper);
        if (known == null) {
            known = find(upper);
            wholes.put(upper, known);
            bytes += 200;
        }
        return known;
    }

    private FrameMask find(StackSet upper) {
        Parts parts = new Parts();
        open(-1, upper, parts);
        return join(parts, 0);
    }

    /** Reads the subtree below a node from all states that are about to read there, and their residuals from the states below them. */
    private void open(int node, StackSet from, Parts parts) {
        StackSet open = stepper.open(from);
        for (int i = 0; i < open.size(); i++) {
            int cut = StackSegment.cutAt(open.top(i));
            if (cut < 0) {
                FrameMask own = own(node, open.top(i));
                parts.accept(own.accepted());
                for (Residual residual : own.residuals()) {
                    read(residual, open.below(i), parts);
                }
            } else if (node < 0) {
                parts.end(cut);
            } else {
                parts.leave(below(node), cut);
            }
        }
    }

    /** The residual of all tokens below a node. */
    private Residual below(int node) {
        return subtrees.computeIfAbsent(node, own -> new Residual(0, trie, new int[] {own}));
    }

    /**
     * The mask of a state for the subtree below a node, without what frames read that it calls before the first byte. An end right at
     * the node is not reported.
     */
    private FrameMask own(int node, State state) {
        ByteSet bytes = StackSegment.ownBytes(state);
        if (bytes == null || bytes.size() > FEW_BYTES) {
            return node < 0 ? frames.apply(state) : callees.within(trie, node, state.within(horizon));
        }
        Own own = new Own(node, state);
        FrameMask known = owns.get(own);
        if (known == null) {
            known = find(node, state, bytes);
            owns.put(own, known);
            this.bytes += 200;
        }
        return known;
    }

    private FrameMask find(int node, State state, ByteSet bytes) {
        Parts parts = new Parts();
        StackSet start = StackSegment.alone(state, interner);
        List<Integer> large = new ArrayList<>();
        FrameMask walked = callees.children(trie, node, start, bytes, large);
        visited += walked.nodes();
        parts.accept(walked.accepted());
        parts.left.addAll(walked.residuals());
        for (int child : large) {
            open(child, stepper.step(start, trie.label(child) & 0xff), parts);
        }
        return join(parts, walked.nodes());
    }

    /** Reads a residual of a top state from the frames below it, within the upper part. */
    private void read(Residual residual, StackSet below, Parts parts) {
        StackSet from = stepper.resume(below, residual.result());
        int cut = from.size() == 1 ? StackSegment.cutAt(from.top(0)) : -1;
        if (cut >= 0) {
            parts.leave(residual, cut);
            return;
        }
        FrameMask rest = of(residual, from);
        parts.accept(rest.accepted());
        parts.left.addAll(rest.residuals());
        for (int end : rest.endsBefore()) {
            parts.leave(residual, end);
        }
    }

    /** The mask of an upper part for a residual. */
    FrameMask of(Residual residual, StackSet upper) {
        Reading reading = new Reading(residual, upper);
        FrameMask known = rests.get(reading);
        if (known == null) {
            known = find(residual, upper);
            rests.put(reading, known);
            bytes += 200;
        }
        return known;
    }

    private FrameMask find(Residual residual, StackSet upper) {
        Parts parts = new Parts();
        int[] nodes = residual.nodes();
        if (nodes != null && Arrays.stream(nodes).anyMatch(node -> callees.isLarge(residual.trie(), node))) {
            readFrames(residual, nodes, upper, parts);
        }
        FrameMask walked = callees.outside(residual, upper);
        visited += walked.nodes();
        parts.accept(walked.accepted());
        parts.left.addAll(walked.residuals());
        for (int end : walked.endsBefore()) {
            parts.end(end);
        }
        return join(parts, walked.nodes());
    }

    /** Reads the large subtrees of a residual frame by frame, so that other upper parts can share the results. */
    private void readFrames(Residual residual, int[] nodes, StackSet upper, Parts parts) {
        List<StackSet> pending = new ArrayList<>();
        pending.add(upper);
        Set<StackSet> seen = new LinkedHashSet<>();
        while (!pending.isEmpty()) {
            StackSet next = pending.remove(pending.size() - 1);
            if (!seen.add(next)) {
                continue;
            }
            for (int i = 0; i < next.size(); i++) {
                State top = next.top(i);
                if (StackSegment.cutAt(top) >= 0) {
                    continue; // told by the walk over the other nodes
                }
                StackSet below = next.below(i);
                FrameMask inner = within(residual, nodes, top.within(horizon));
                parts.accept(inner.accepted());
                for (Residual left : inner.residuals()) {
                    read(left, below, parts);
                }
                for (int result : top.results()) {
                    pending.add(stepper.resume(below, result));
                }
            }
        }
    }

    private FrameMask within(Residual residual, int[] nodes, State state) {
        Top top = new Top(residual, state);
        FrameMask known = tops.get(top);
        if (known == null) {
            known = callees.within(residual.trie(), nodes, state);
            visited += known.nodes();
            tops.put(top, known);
            bytes += 200 + known.accepted().bytes();
        }
        return known;
    }

    private FrameMask join(Parts parts, long nodes) {
        TokenMask accepted;
        if (parts.accepted.size() == 1) {
            accepted = parts.accepted.get(0);
        } else {
            union.clear();
            parts.accepted.forEach(union::addAll);
            TokenMask made = union.toMask();
            accepted = made.isSparse() ? made : memory.shared(made);
            bytes += accepted == made ? made.bytes() : 0;
        }
        for (Residual residual : parts.left) {
            int[] own = residual.nodes();
            if (counted.add(own == null ? residual.trie() : own)) {
                bytes += residual.bytes();
            }
        }
        return new FrameMask(accepted, parts.ends, List.copyOf(parts.left), nodes);
    }

    /** The number of nodes visited since the last call of this method. */
    long takeVisited() {
        long sum = visited;
        visited = 0;
        return sum;
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return bytes;
    }

    /** Forgets everything if it takes more than the given bytes. */
    void trim(long maxBytes) {
        if (bytes > maxBytes) {
            wholes.clear();
            rests.clear();
            tops.clear();
            owns.clear();
            counted.clear();
            bytes = 0;
        }
    }
}
