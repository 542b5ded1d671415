// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a text, read from its chart from the right to the left, so that no way ends nowhere. Of each part no more trees are kept than are asked for: two texts of
 * rules that differ make trees that differ. Where a rule may be its own text, the parts are gone through again until nothing is new. Not thread-safe.
 */
final class Forest {

    private static final int BYTES_OF_TASK = 200;

    private final Chart chart;
    private final int most;
    private final WorkBudget budget;
    private final Map<Row.Node, Row.Node> nodes = new HashMap<>();
    private final Map<Task, List<Row>> values = new HashMap<>();
    private final Set<Task> done = new HashSet<>();
    private final Set<Task> open = new HashSet<>();
    private boolean isCyclic;
    private boolean grows;

    /** The rows of an item's parts before the dot, or of a symbol, between two places. */
    private record Task(boolean isItem, int number, int from, int to) {}

    Forest(Chart chart, int most, WorkBudget budget) {
        this.chart = chart;
        this.most = most;
        this.budget = budget;
    }

    /** Different trees of a symbol between two places that the chart has, at most as many as are asked for. */
    List<ParseTree> trees(int symbol, int from, int to) {
        Task goal = new Task(false, symbol, from, to);
        do {
            isCyclic = false;
            grows = false;
            done.clear();
            solve(goal);
        } while (isCyclic && grows);
        return values(goal).stream()
                .flatMap(row -> row.nodes().stream())
                .map(this::tree)
                .toList();
    }

    private List<Row> values(Task task) {
        return values.getOrDefault(task, List.of());
    }

    private void solve(Task goal) {
        Deque<Task> pending = new ArrayDeque<>(List.of(goal));
        while (!pending.isEmpty()) {
            budget.step();
            Task task = pending.element();
            open.add(task);
            Set<Row> rows = new LinkedHashSet<>(values(task));
            Task missing = task.isItem ? ofItem(task, rows) : ofSymbol(task, rows);
            if (missing != null) {
                pending.push(missing);
                continue;
            }
            List<Row> kept = rows.stream().limit(most).toList();
            if (kept.size() > values(task).size()) {
                budget.allocate(BYTES_OF_TASK);
                values.put(task, kept);
                grows = true;
            }
            open.remove(task);
            done.add(task);
            pending.remove();
        }
    }

    /** Whether a task has to be solved first. */
    private boolean isMissing(Task task) {
        if (done.contains(task)) {
            return false;
        } else if (open.contains(task)) {
            isCyclic = true;
            return false;
        }
        return true;
    }

    private @Nullable Task ofSymbol(Task task, Set<Row> rows) {
        String name = chart.rules().name(task.number);
        for (int beginning : chart.beginnings(task.number)) {
            int end = beginning + chart.dot(beginning).row().length;
            if (rows.size() >= most || !chart.has(task.to, end, task.from)) {
                continue;
            }
            Task item = new Task(true, end, task.from, task.to);
            if (isMissing(item)) {
                return item;
            }
            for (Row row : values(item)) {
                rows.add(name.isEmpty() ? row : node(new Row.Node(name, task.from, task.to, row, null)));
            }
        }
        return null;
    }

    private Row node(Row.Node node) {
        Row.Node known = nodes.putIfAbsent(node, node);
        return Row.of(known == null ? node : known);
    }

    private @Nullable Task ofItem(Task task, Set<Row> rows) {
        Chart.Dot dot = chart.dot(task.number);
        if (dot.at() == 0) {
            rows.add(Row.EMPTY);
            return null;
        }
        int last = dot.row()[dot.at() - 1];
        BitSet splits = last < 0 ? before(task.to) : chart.begins(last, task.to);
        for (int split = splits.nextSetBit(task.from);
                split >= 0 && split <= task.to && rows.size() < most;
                split = splits.nextSetBit(split + 1)) {
            budget.step();
            if (!chart.has(split, task.number - 1, task.from)) {
                continue;
            }
            Task front = new Task(true, task.number - 1, task.from, split);
            if (last < 0) {
                Terminal terminal = chart.rules().terminal(last);
                if (!leads(split, task.to, terminal)) {
                    continue;
                } else if (isMissing(front)) {
                    return front;
                }
                Row leaf = terminal.isToken() ? leaf(split, task.to, terminal) : Row.EMPTY;
                values(front).forEach(row -> rows.add(row.with(leaf)));
                continue;
            }
            Task back = new Task(false, last, split, task.to);
            if (isMissing(back)) {
                return back;
            } else if (isMissing(front)) {
                return front;
            }
            for (Row row : values(front)) {
                values(back).forEach(behind -> rows.add(row.with(behind)));
            }
        }
        return null;
    }

    private BitSet before(int place) {
        BitSet before = new BitSet();
        if (chart.input() instanceof Input.Characters) {
            if (place > 0) {
                before.set(place - 1);
            }
        } else {
            before.set(0, place);
        }
        return before;
    }

    private boolean leads(int from, int to, Terminal terminal) {
        for (int next : chart.input().after(from, terminal)) {
            if (next == to) {
                return true;
            }
        }
        return false;
    }

    private Row leaf(int from, int to, Terminal terminal) {
        ParseTree leaf = chart.input().leaf(from, to, terminal);
        return node(new Row.Node(leaf.rule(), from, to, Row.EMPTY, leaf));
    }

    /** The tree of a node, without recursion. */
    private ParseTree tree(Row.Node root) {
        Map<Row.Node, ParseTree> trees = new IdentityHashMap<>();
        Deque<Row.Node> pending = new ArrayDeque<>(List.of(root));
        while (!pending.isEmpty()) {
            budget.step();
            Row.Node node = pending.element();
            List<Row.Node> children = node.children().nodes();
            List<Row.Node> missing =
                    children.stream().filter(child -> !trees.containsKey(child)).toList();
            if (missing.isEmpty()) {
                List<ParseTree> made = new ArrayList<>();
                children.forEach(child -> made.add(Objects.requireNonNull(trees.get(child))));
                trees.put(node, made(node, made));
                pending.remove();
            } else {
                missing.forEach(pending::push);
            }
        }
        return Objects.requireNonNull(trees.get(root));
    }

    private ParseTree made(Row.Node node, List<ParseTree> children) {
        if (node.leaf() != null) {
            return node.leaf();
        }
        int from = chart.input().offset(node.from());
        int to = node.from() == node.to() ? from : chart.input().offset(node.to());
        if (!(chart.input() instanceof Input.Characters)) {
            List<ParseTree> full =
                    children.stream().filter(child -> child.from() < child.to()).toList();
            from = full.isEmpty() ? from : full.get(0).from();
            to = full.isEmpty() ? from : full.get(full.size() - 1).to();
        }
        return new ParseTree(node.rule(), from, to, children);
    }
}
