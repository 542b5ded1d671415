// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.collect.PairIndex;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.chart.StackInference;
import dev.espalier.mask.canvas.chart.TokenSteps;
import dev.espalier.mask.canvas.slot.TokenSets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The completions of a block as paths through a graph without cycles, each completion one path: a node is a boundary between
 * slots with the <em>set</em> of all configurations that the tokens so far lead to and some rest accepts. So a text that
 * can be read in many ways is still counted once, and no path ends before the block does. Nodes are made when they are asked
 * for, in any order; each one's number is greater than that of the node that it was first reached from. One thread.
 *
 * <p>This is the subset construction (Rabin and Scott 1959), slot by slot, with tokens that lead to the same node taken
 * together, and with end tokens: after the first of them a node allows end tokens alone.
 */
@FastPath(oracle = "BlockOracleTest")
public final class BlockLattice {

    /** Stands for the start of a canvas that has no completion. */
    static final int NOWHERE = -1;

    private static final int NODE_BYTES = 60;

    /**
     * Where the tokens of a slot lead.
     *
     * @param tokens for each arc, the number of the set of its tokens; no token is in two of them
     * @param targets for each arc, the node to which it leads
     */
    record Arcs(int[] tokens, int[] targets) {

        int size() {
            return tokens.length;
        }
    }

    private final Block block;
    private final StackInference inference;
    private final StackInference.Sweep sweep;
    private final int padding;
    private final TokenSets tokenSets;
    private final SlotScores scores;
    private final WorkBudget budget;

    /** (boundary, twice the number of the set of configurations, 1 more if the text may have ended). */
    private final PairIndex nodes = new PairIndex();

    private final List<@Nullable Arcs> arcs = new ArrayList<>();
    private final int start;
    private long paid;

    /**
     * The lattice of a block.
     *
     * @param padding the first slot from which on all slots can be end tokens
     */
    public BlockLattice(
            Block block,
            StackInference inference,
            StackInference.Sweep sweep,
            int padding,
            TokenSets tokenSets,
            WorkBudget budget) {
        this.block = block;
        this.inference = inference;
        this.sweep = sweep;
        this.padding = padding;
        this.tokenSets = tokenSets;
        this.scores = new SlotScores(block, tokenSets, budget);
        this.budget = budget;
        this.paid = inference.bytes();
        int live = inference.intersection(sweep.reached(block.from()), sweep.accepted(block.from()));
        this.start = node(block.from(), live, sweep.padded() < block.from());
    }

    Block block() {
        return block;
    }

    StackInference.Sweep sweep() {
        return sweep;
    }

    SlotScores scores() {
        return scores;
    }

    TokenSets tokenSets() {
        return tokenSets;
    }

    WorkBudget budget() {
        return budget;
    }

    /** The node before the block, or {@link #NOWHERE}. */
    int start() {
        return start;
    }

    /** The number of nodes made so far. */
    int size() {
        return nodes.size();
    }

    /** The boundary of a node: the slot that comes next. */
    int boundary(int node) {
        return nodes.first(node);
    }

    boolean isEnd(int node) {
        return boundary(node) == block.to();
    }

    /** The set of configurations of a node, by number. */
    int configurations(int node) {
        return nodes.second(node) >>> 1;
    }

    /** Whether the text may have ended before a node, with end tokens after it. */
    boolean mayHaveEnded(int node) {
        return (nodes.second(node) & 1) != 0;
    }

    /** The number of the set of end tokens that a slot may hold if the text ends before it. */
    int ends(int slot) {
        return tokenSets.ends(block.slots().token(slot));
    }

    /** Whether the text may end before a slot, as far as the slots from that one on are concerned. */
    boolean canPad(int slot) {
        return slot >= padding;
    }

    private int node(int boundary, int configurations, boolean ended) {
        if (configurations == StackInference.NONE && !ended) {
            return NOWHERE;
        }
        int node = nodes.add(boundary, 2 * configurations + (ended ? 1 : 0));
        if (node == arcs.size()) {
            arcs.add(null);
        }
        return node;
    }

    /** The arcs from a node that is not at the end of the block; of tokens of no weight there are none. */
    Arcs arcs(int node) {
        Arcs known = arcs.get(node);
        if (known != null) {
            return known;
        }
        int slot = boundary(node);
        int before = configurations(node);
        boolean mayEnd = mayHaveEnded(node) || canPad(slot) && inference.finished(before) != StackInference.NONE;
        TokenSteps.Classes classes =
                inference.classes(sweep.walks(slot), before, mayEnd ? ends(slot) : TokenSteps.NO_ENDS, budget);
        IntList tokens = new IntList();
        IntList targets = new IntList();
        for (int k = 0; k < classes.tokens().length; k++) {
            int live = inference.intersection(classes.after()[k], sweep.accepted(slot + 1));
            boolean isPossible = live != StackInference.NONE || classes.ends()[k];
            if (isPossible && scores.best(slot, classes.tokens()[k]) > Double.NEGATIVE_INFINITY) {
                tokens.add(classes.tokens()[k]);
                targets.add(node(slot + 1, live, classes.ends()[k]));
            }
        }
        Arcs found = new Arcs(tokens.toArray(), targets.toArray());
        arcs.set(node, found);
        budget.allocate(NODE_BYTES + 8L * found.size());
        paid = inference.pay(paid, budget);
        return found;
    }
}
