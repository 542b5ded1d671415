// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.indent;

import dev.espalier.automata.nfa.Callee;
import dev.espalier.automata.nfa.Lengths;
import dev.espalier.automata.nfa.RuleGraph;
import dev.espalier.automata.rule.Frames;
import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an {@link IndentedGraph} by the column of the block that they are in. Rules that do not depend on it are the same at all columns; the frames of the
 * others are made when a text first comes to a column. Shortest texts are known for all columns, from the greatest down, since blocks contain greater ones alone. At
 * most {@link Limits#maxIndentation} columns. Thread-safe.
 */
@FastPath(oracle = "IndentationTest")
public final class Levels {

    private final Limits limits;
    private final Frames shared;
    private final Lengths lengths;
    private final LevelGraph outermost;
    private final LevelGraph inner;
    private final WorkBudget.Ledger ledger;
    private final Map<IndentedPart, BlockState.Block> blocks = new HashMap<>();
    /** By column, the least bytes of each body. */
    private final int[][] shortest;

    private final @Nullable Frames[] made;
    private final boolean hasText;

    /** The rules of a graph. */
    public Levels(IndentedGraph graph, WorkBudget budget) {
        this.limits = budget.limits();
        this.lengths = new Lengths(graph.rules(), budget);
        this.ledger = budget.ledger();
        this.shared = new Frames(graph.rules(), lengths, ledger);
        this.outermost = LevelGraph.of(graph, true, budget);
        this.inner = LevelGraph.of(graph, false, budget);
        for (IndentedPart part : graph.parts().values()) {
            if (part instanceof IndentedPart.Block block) {
                blocks.put(block, new BlockState.Block(this, block));
            }
        }
        int most = limits.maxIndentation();
        this.made = new Frames[most + 1];
        this.shortest = new int[most + 1][];
        for (int column = most; column > 0; column--) {
            shortest[column] = shortest(column, budget);
        }
        this.hasText = new Lengths(graph(0), budget).shortest(0) != Lengths.NEVER;
    }

    private int[] shortest(int column, WorkBudget budget) {
        Lengths found = new Lengths(graph(column), budget);
        return inner.bodies().stream()
                .mapToInt(body -> found.shortest(inner.number(body)))
                .toArray();
    }

    /** Whether the root has a text that is not empty. */
    public boolean hasText() {
        return hasText;
    }

    /** The start state of the root, as {@link Frames#root}. */
    public State root(boolean mayBeEmpty) {
        return level(0).root(mayBeEmpty);
    }

    /** Estimated bytes of all levels so far. */
    public long estimatedBytes() {
        return ledger.allocatedBytes();
    }

    /** The least bytes of a block behind its first indentation, or {@link Lengths#NEVER}. */
    int shortest(int body, int column) {
        return shortest[column][Collections.binarySearch(inner.bodies(), body)];
    }

    /** The rules of a block of a column; null if it has no text. */
    @Nullable State body(int body, int column) {
        return shortest(body, column) == Lengths.NEVER ? null : level(column).start(inner.number(body));
    }

    private Frames level(int column) {
        synchronized (made) {
            Frames known = made[column];
            if (known == null) {
                RuleGraph graph = graph(column);
                known = new Frames(graph, new Lengths(graph, WorkBudget.ofRepetition(limits)), ledger);
                ledger.allocate(16L * graph.nfa().states());
                made[column] = known;
            }
            return known;
        }
    }

    private RuleGraph graph(int column) {
        LevelGraph template = column == 0 ? outermost : inner;
        List<Callee> callees = new ArrayList<>();
        for (LevelGraph.Called called : template.callees()) {
            callees.add(callee(called, column));
        }
        return new RuleGraph(template.nfa(), callees, template.ends());
    }

    private Callee callee(LevelGraph.Called called, int column) {
        if (called instanceof LevelGraph.Part part) {
            return new Callee.Frame(
                    part.part() instanceof IndentedPart.Line line
                            ? LineState.start(line.text(), line.end(), column)
                            : BlockState.start(Objects.requireNonNull(blocks.get(part.part())), column));
        } else if (called instanceof LevelGraph.Shared same) {
            boolean isEmpty = lengths.shortest(same.callee()) == Lengths.NEVER;
            return new Callee.Frame(isEmpty ? null : shared.start(same.callee()));
        }
        return LevelGraph.RULE;
    }
}
