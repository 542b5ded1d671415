// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.chart;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.slot.FrameTable;
import dev.espalier.mask.canvas.slot.Lattice;
import dev.espalier.mask.canvas.slot.TokenSets;
import dev.espalier.mask.canvas.slot.TokenWalks;
import dev.espalier.mask.canvas.slot.Walk;
import dev.espalier.mask.token.TokenMask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The general tier of canvas parsing, and the oracle of the fast one: a chart of calls of frames, tabulated by where they begin, with
 * their ends. One thread, one use.
 *
 * <p>A <em>node</em> is a frame that begins to read, or goes on reading, in a state at a position (a slot and a place inside
 * its tokens). It does so regardless of who called it, so that all callers share it. Its <em>ends</em> are the results and
 * positions with which the frame may end from there. Ends flow backwards:
 *
 * <ul>
 *   <li>a node <em>follows</em> the nodes that go on with the same frame, and has their ends: the node of the state after a
 * token, that of the state in which a return state resumed, a callee whose result is handed on;
 *   <li>each end of a callee makes its caller follow the nodes in which it resumes there. Callers that come late are
 * told the ends that are known.
 * </ul>
 *
 * <p>This is a graph-structured stack with tabulated pops, as in GLL parsing (Scott and Johnstone, "GLL Parsing", 2010),
 * over a lattice instead of a text (Lang, "Deterministic Techniques for Efficient Non-Deterministic Parsers", 1974). An end
 * is <em>useful</em> if it is part of a completion; usefulness flows from the ends of the start node to what they were
 * derived from, pair by pair, so that a callee's ends count only where they were used. A token is in the mask of its slot if
 * it lies on a link over which a useful end came.
 */
@FastPath(oracle = "CanvasOracleTest")
public final class Tabulation {

    private static final int NODE_BYTES = 150;
    private static final int END_BYTES = 60;
    private static final int LINK_BYTES = 60;
    private static final int CHAINED_BYTES = 16;
    /** The origin of links from a boundary to one that it leads to without a token. */
    private static final int SKIPPED = Integer.MIN_VALUE;

    private final FrameTable frames;
    private final TokenSets tokenSets;
    private final Lattice lattice;
    private final List<TokenWalks> slots;
    private final WorkBudget budget;

    /** (stretch of the lattice, number of the walk). */
    private final PairIndex nodes = new PairIndex();

    private final List<IntList> followers = new ArrayList<>();
    /** Callers of each node and their return states, in turns. */
    private final List<IntList> callers = new ArrayList<>();

    private final List<IntList> endsOf = new ArrayList<>();
    private int openedNodes;

    /** (stretch of the lattice, place). */
    private final PairIndex positions = new PairIndex();
    /** (result, position). */
    private final PairIndex results = new PairIndex();
    /** (node, result and position). */
    private final PairIndex ends = new PairIndex();

    private int toldEnds;

    /** (followed, follower). */
    private final PairIndex links = new PairIndex();

    /** The origins of each link: the end of a callee, {@code ~k} for the k-th arrival of the follower's walk, or {@link #SKIPPED}. */
    private final Chains origins = new Chains();
    /** The ends that an end was derived from: the same end of a node that is followed. */
    private final Chains derivations = new Chains();

    public Tabulation(
            FrameTable frames, TokenSets tokenSets, Lattice lattice, List<TokenWalks> slots, WorkBudget budget) {
        this.frames = frames;
        this.tokenSets = tokenSets;
        this.lattice = lattice;
        this.slots = slots;
        this.budget = budget;
    }

    public SlotMasks masks(int start, int padding) {
        int root = node(start, TokenWalks.ROOT, 0);
        while (toldEnds < ends.size() || openedNodes < nodes.size()) {
            if (toldEnds < ends.size()) {
                tell(toldEnds++);
            } else {
                open(openedNodes++);
            }
        }
        return new Marking().masks(root, padding);
    }

    private int node(int state, int place, int slot) {
        int known = nodes.size();
        int node = nodes.add(slot, slots.get(slot).number(state, place));
        if (node == known) {
            budget.allocate(NODE_BYTES);
            followers.add(new IntList());
            callers.add(new IntList());
            endsOf.add(new IntList());
        }
        return node;
    }

    private Walk walk(int node) {
        return slots.get(nodes.first(node)).walk(nodes.second(node), budget);
    }

    private void open(int node) {
        int slot = nodes.first(node);
        Walk walk = walk(node);
        for (int i = 0; i < walk.results().length; i++) {
            int position = positions.add(slot, walk.ends()[i]);
            end(node, results.add(walk.results()[i], position));
        }
        for (int k = 0; k < walk.arrivals().length; k++) {
            int next = node(walk.arrivals()[k], TokenWalks.ROOT, lattice.next(slot));
            note(follow(next, node), ~k);
        }
        TokenWalks walks = slots.get(slot);
        if (lattice.skip(slot) != Lattice.NOWHERE && walks.place(nodes.second(node)) == TokenWalks.ROOT) {
            int next = node(walks.state(nodes.second(node)), TokenWalks.ROOT, lattice.skip(slot));
            note(follow(next, node), SKIPPED);
        }
        for (int i = 0; i < walk.callees().length; i++) {
            int callee = node(walk.callees()[i], walk.calls()[i], slot);
            if (frames.handsResultOn(walk.returns()[i])) {
                follow(callee, node);
            } else {
                call(callee, node, walk.returns()[i]);
            }
        }
    }

    private int end(int node, int result) {
        int known = ends.size();
        int end = ends.add(node, result);
        if (end == known) {
            budget.allocate(END_BYTES);
            endsOf.get(node).add(end);
        }
        return end;
    }

    /** Links a node to another, so that it has all ends of that one, known and future. */
    private int follow(int followed, int follower) {
        int known = links.size();
        int link = links.add(followed, follower);
        if (link == known) {
            budget.allocate(LINK_BYTES);
            followers.get(followed).add(follower);
            IntList told = endsOf.get(followed);
            for (int i = 0; i < told.size() && told.get(i) < toldEnds; i++) {
                derive(follower, told.get(i));
            }
        }
        return link;
    }

    private void derive(int follower, int from) {
        budget.allocate(CHAINED_BYTES);
        derivations.add(end(follower, ends.second(from)), from);
    }

    private void note(int link, int origin) {
        budget.allocate(CHAINED_BYTES);
        origins.add(link, origin);
    }

    private void call(int callee, int caller, int returnState) {
        callers.get(callee).add(caller);
        callers.get(callee).add(returnState);
        IntList told = endsOf.get(callee);
        for (int i = 0; i < told.size() && told.get(i) < toldEnds; i++) {
            resume(caller, returnState, told.get(i));
        }
    }

    private void tell(int end) {
        int node = ends.first(end);
        IntList following = followers.get(node);
        for (int i = 0, before = following.size(); i < before; i++) {
            derive(following.get(i), end);
        }
        IntList calling = callers.get(node);
        for (int i = 0; i < calling.size(); i += 2) {
            resume(calling.get(i), calling.get(i + 1), end);
        }
    }

    private void resume(int caller, int returnState, int end) {
        int result = ends.second(end);
        int position = results.second(result);
        for (int state : frames.resume(returnState, results.first(result), budget)) {
            int next = node(state, positions.second(position), positions.first(position));
            note(follow(next, caller), end);
        }
    }

    /** Lists by number, each a chain through one array. */
    private static final class Chains {

        private static final int END = -1;

        private final IntList heads = new IntList();
        private final IntList nexts = new IntList();
        private final IntList items = new IntList();

        void add(int list, int item) {
            while (heads.size() <= list) {
                heads.add(END);
            }
            nexts.add(heads.get(list));
            items.add(item);
            heads.set(list, items.size() - 1);
        }

        /** The first entry of a list, or a negative number. */
        int first(int list) {
            return list < heads.size() ? heads.get(list) : END;
        }

        int next(int entry) {
            return nexts.get(entry);
        }

        int item(int entry) {
            return items.get(entry);
        }
    }

    /** Which ends are useful, and the tokens on the way to them. */
    private final class Marking {

        private final BitSet useful = new BitSet();
        private final BitSet usedLinks = new BitSet();
        private final IntList pending = new IntList();
        private final List<BitSet> masks = new ArrayList<>();
        private final BitSet absent = new BitSet();

        SlotMasks masks(int root, int padding) {
            for (int slot = 0; slot <= lattice.slots(); slot++) {
                masks.add(new BitSet());
            }
            int padded = markComplete(root, lattice.boundary(padding));
            for (int i = 0; i < pending.size(); i++) {
                budget.step();
                mark(pending.get(i));
            }
            for (int stretch = padded; stretch < lattice.size(); stretch++) {
                masks.get(lattice.slot(stretch)).set(tokenSets.ends(lattice.token(stretch)));
            }
            leave(padded, lattice.size());
            List<TokenMask> allowed = new ArrayList<>();
            for (int slot = 0; slot < lattice.slots(); slot++) {
                allowed.add(tokenSets.union(masks.get(slot).stream().toArray()));
            }
            return new SlotMasks(pending.size() > 0, allowed, absent, (long) nodes.size() + ends.size() + links.size());
        }

        /** Records the slots that have no token if the stretches between two boundaries have none. */
        private void leave(int from, int to) {
            for (int stretch = from; stretch < to; stretch++) {
                if (lattice.skip(stretch) != Lattice.NOWHERE && lattice.isEntry(stretch)) {
                    absent.set(lattice.slot(stretch));
                }
            }
        }

        /** Marks the ends of the whole text; the first stretch that can be an end token, or the number of stretches. */
        private int markComplete(int root, int padding) {
            int padded = slots.size() - 1;
            IntList all = endsOf.get(root);
            for (int i = 0; i < all.size(); i++) {
                int position = results.second(ends.second(all.get(i)));
                int slot = positions.first(position);
                if (positions.second(position) == TokenWalks.ROOT && slot >= padding) {
                    require(all.get(i));
                    padded = Math.min(padded, slot);
                }
            }
            return padded;
        }

        private void require(int end) {
            if (!useful.get(end)) {
                useful.set(end);
                pending.add(end);
            }
        }

        private void mark(int end) {
            int follower = ends.first(end);
            for (int at = derivations.first(end); at >= 0; at = derivations.next(at)) {
                int from = derivations.item(at);
                require(from);
                int link = links.find(ends.first(from), follower);
                if (!usedLinks.get(link)) {
                    usedLinks.set(link);
                    use(link, follower);
                }
            }
        }

        private void use(int link, int follower) {
            for (int at = origins.first(link); at >= 0; at = origins.next(at)) {
                int origin = origins.item(at);
                if (origin >= 0) {
                    require(origin);
                } else if (origin == SKIPPED) {
                    leave(nodes.first(follower), lattice.skip(nodes.first(follower)));
                } else {
                    masks.get(lattice.slot(nodes.first(follower)))
                            .set(walk(follower).tokens()[~origin]);
                }
            }
        }
    }
}
