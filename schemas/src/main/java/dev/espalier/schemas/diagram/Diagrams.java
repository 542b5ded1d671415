// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.diagram;

import dev.espalier.core.collect.Hashing;
import dev.espalier.core.collect.Memo;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.work.Deadline;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/**
 * A node manager of reduced ordered decision diagrams with numbered ends (multi-terminal BDDs): functions from truth values of
 * variables to a result or {@link #DEAD}. Equal functions are one {@code int}. A truth value is a diagram too: {@link #DEAD} is false,
 * result 0 is true.
 *
 * <p>Nothing here recurses, so that a diagram may be as deep as it likes: children have smaller numbers than their
 * parents, and whole diagrams are rewritten in that order. Not thread-safe.
 *
 * <p>Source: Bryant, "Graph-based algorithms for Boolean function manipulation" (1986); Fujita, McGeer, Yang,
 * "Multi-terminal binary decision diagrams" (1997).
 */
@FastPath(oracle = "DiagramsTest")
public final class Diagrams {

    /** The end of what must not be; also "false". */
    public static final int DEAD = -1;

    /** The end with result 0; also "true". */
    public static final int ZERO = -2;

    /** Stands for a diagram that was not computed. */
    public static final int UNKNOWN = Integer.MIN_VALUE;

    private static final TooMuch TOO_MUCH = new TooMuch();

    /** The number of cached answers of each kind. */
    private static final int MAX_REMEMBERED = 1 << 16;

    /** The ratio of the range of node numbers to their count below which nodes are sorted by scanning the range. */
    private static final int SPARSE = 16;

    /** Bytes that a node takes. */
    private static final int NODE = 48;

    /** Nodes rewritten in about a microsecond. */
    private static final int NODES_A_TICK = 64;

    private static final BitSet NONE = new BitSet(0);

    private int limit;
    /** Bytes that nodes may take once the compilation is over; 0 before. */
    private long lateBytes;

    private final Deadline deadline;
    private final Chooser chooser;
    private int[] variable = new int[64];
    private int[] low = new int[64];
    private int[] high = new int[64];
    private int size;
    /** The current limit on nodes. */
    private int bound;

    private int[] table = new int[128];
    private int[] mark = new int[64];
    /** The images of the nodes that were rewritten last. */
    private int[] image = new int[64];

    private int stamp;
    private final Memo<Long, Integer> restricted = new Memo<>(MAX_REMEMBERED);
    private final Memo<Integer, BitSet> supports = new Memo<>(MAX_REMEMBERED);
    private final Memo<Integer, Units> units = new Memo<>(MAX_REMEMBERED);

    /** No diagrams yet; at most {@code limit} nodes. */
    public Diagrams(int limit, Deadline deadline) {
        this.limit = limit;
        this.bound = limit;
        this.deadline = deadline;
        this.chooser = new Chooser(this, deadline);
        Arrays.fill(table, -1);
    }

    /**
     * Ends the compilation: from now on only memory limits the number of nodes, since a text that was begun cannot be refused because
     * of its schema.
     *
     * @param bytes of memory for nodes
     */
    public void endCompilation(long bytes) {
        lateBytes = bytes;
        limit = (int) Math.max(limit, Math.min(Integer.MAX_VALUE / 8, bytes / NODE));
        bound = limit;
    }

    /** Whether the compilation is over. */
    public boolean isLate() {
        return lateBytes > 0;
    }

    /** The limit on nodes. */
    public int most() {
        return limit;
    }

    /** The diagram that always ends with a result. */
    public static int end(int result) {
        return -2 - result;
    }

    /** True if a diagram makes no demands, so that its states can be shared between schemas. */
    public static boolean isFree(int diagram) {
        return diagram == ZERO;
    }

    /** Whether a diagram depends on nothing. */
    public static boolean isEnd(int diagram) {
        return diagram < 0;
    }

    /** The result of an end that is not {@link #DEAD}. */
    public static int result(int end) {
        return -2 - end;
    }

    /** The first variable that a diagram depends on; {@link Integer#MAX_VALUE} for an end. */
    public int top(int diagram) {
        return diagram < 0 ? Integer.MAX_VALUE : variable[diagram];
    }

    /** The branch (cofactor) of a diagram, which must not be an end, for a value of its first variable. */
    public int branch(int diagram, boolean value) {
        return value ? high[diagram] : low[diagram];
    }

    /** The truth value of one variable. */
    public int variable(int index) {
        return node(index, DEAD, ZERO);
    }

    /** The diagram that tests a variable, with the branches for false and true, which must only depend on later variables. */
    public int node(int index, int ifFalse, int ifTrue) {
        if (ifFalse == ifTrue) {
            return ifFalse;
        }
        int slot = slot(index, ifFalse, ifTrue);
        if (table[slot] >= 0) {
            return table[slot];
        }
        if (size >= bound && bound < limit) {
            throw TOO_MUCH;
        }
        if (size == variable.length) {
            grow();
            slot = slot(index, ifFalse, ifTrue);
        }
        variable[size] = index;
        low[size] = ifFalse;
        high[size] = ifTrue;
        table[slot] = size;
        return size++;
    }

    private int slot(int index, int ifFalse, int ifTrue) {
        int mask = table.length - 1;
        int hash = (index * 0x9E3779B1 ^ ifFalse * 0x85EBCA77 ^ ifTrue * 0xC2B2AE3D);
        int slot = (hash ^ (hash >>> 15)) & mask;
        while (table[slot] >= 0
                && (variable[table[slot]] != index || low[table[slot]] != ifFalse || high[table[slot]] != ifTrue)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        if (size >= limit) {
            throw lateBytes > 0
                    ? new LimitExceededException("maxCompileBytes", lateBytes, lateBytes + NODE, Place.UNKNOWN)
                    : new LimitExceededException("maxIrNodes", limit, size + 1L, Place.UNKNOWN);
        }
        int capacity = Math.min(limit, 2 * size);
        variable = Arrays.copyOf(variable, Math.max(capacity, size + 1));
        low = Arrays.copyOf(low, capacity);
        high = Arrays.copyOf(high, capacity);
        table = new int[Integer.highestOneBit(capacity) * 4];
        Arrays.fill(table, -1);
        for (int i = 0; i < size; i++) {
            table[slot(variable[i], low[i], high[i])] = i;
        }
    }

    /**
     * The diagram that some work makes, unless it takes more than {@code growth} new nodes.
     *
     * @return {@link #UNKNOWN} if it does
     */
    public int within(int growth, IntSupplier work) {
        int before = bound;
        bound = (int) Math.min(before, (long) size + growth);
        try {
            return work.getAsInt();
        } catch (TooMuch e) {
            if (before < limit && size >= before) {
                throw e;
            }
            return UNKNOWN;
        } finally {
            bound = before;
        }
    }

    /** Thrown when work takes more nodes than {@link #within} allows. */
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch() {
            super(null, null, false, false);
        }
    }

    /** The conjunction of two truth values. */
    public int and(int left, int right) {
        return choose(left, right, DEAD);
    }

    /** The disjunction of two truth values. */
    public int or(int left, int right) {
        return choose(left, ZERO, right);
    }

    /** The negation of a truth value. */
    public int not(int truth) {
        return choose(truth, DEAD, ZERO);
    }

    /** The conjunction of some truth values. A chain of literals is built from the last variable up, a node each. */
    public int and(int[] truths) {
        return fold(truths, true);
    }

    /** The disjunction of some truth values. */
    public int or(int[] truths) {
        return fold(truths, false);
    }

    private int fold(int[] truths, boolean all) {
        long[] sorted = new long[truths.length];
        for (int i = 0; i < truths.length; i++) {
            sorted[i] = ((long) top(truths[i]) << 32) | (truths[i] & 0xFFFFFFFFL);
        }
        Arrays.sort(sorted);
        return fold(sorted, 0, sorted.length, all);
    }

    /** Combines parts that are no chain of literals by halves, so that n parts of one size cost n log n. */
    private int fold(long[] sorted, int from, int to, boolean all) {
        if (from == to) {
            return all ? ZERO : DEAD;
        }
        int first = (int) sorted[from];
        if (to - from == 1) {
            return first;
        }
        if (areLiterals(sorted, from, to)) {
            int result = (int) sorted[to - 1];
            for (int i = to - 2; i >= from; i--) {
                result = all ? and((int) sorted[i], result) : or((int) sorted[i], result);
            }
            return result;
        }
        int middle = (from + to) >>> 1;
        int left = fold(sorted, from, middle, all);
        int right = fold(sorted, middle, to, all);
        return all ? and(left, right) : or(left, right);
    }

    private boolean areLiterals(long[] sorted, int from, int to) {
        for (int i = from; i < to; i++) {
            int part = (int) sorted[i];
            if (part < 0 || low[part] >= 0 || high[part] >= 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code test ? yes : no}, for a truth value {@code test} and any two diagrams. */
    public int choose(int test, int yes, int no) {
        return chooser.choose(test, yes, no);
    }

    /** The diagram with a variable set to a value. */
    public int restrict(int diagram, int index, boolean value) {
        int first = top(diagram);
        if (first >= index) {
            return first == index ? branch(diagram, value) : diagram;
        }
        long key = (((long) diagram << 32) | ((long) index << 1) | (value ? 1 : 0)) * Hashing.SPREAD;
        Integer known = restricted.get(key);
        if (known == null) {
            known = rewrite(diagram, index, value);
            restricted.put(key, known);
        }
        return known;
    }

    /** The diagram over other variables, in whatever order those are. */
    public int renamed(int diagram, IntUnaryOperator names) {
        Map<Integer, Integer> renamed = new HashMap<>();
        for (int node : nodesBefore(diagram, Integer.MAX_VALUE)) {
            int no = renamed.getOrDefault(low[node], low[node]);
            int yes = renamed.getOrDefault(high[node], high[node]);
            renamed.put(node, choose(variable(names.applyAsInt(variable[node])), yes, no));
        }
        return renamed.getOrDefault(diagram, diagram);
    }

    /** The diagram with other ends. */
    public int mapEnds(int diagram, IntUnaryOperator ends) {
        if (diagram < 0) {
            return ends.applyAsInt(diagram);
        }
        int[] nodes = nodesBefore(diagram, Integer.MAX_VALUE);
        Map<Integer, Integer> mapped = new HashMap<>();
        for (int node : nodes) {
            mapped.put(node, node(variable[node], mapped(low[node], mapped, ends), mapped(high[node], mapped, ends)));
        }
        return java.util.Objects.requireNonNull(mapped.get(diagram));
    }

    /** The ends of a diagram that are not {@link #DEAD}, in ascending order. */
    public Set<Integer> ends(int diagram) {
        Set<Integer> ends = new TreeSet<>();
        mapEnds(diagram, end -> {
            ends.add(end);
            return DEAD;
        });
        ends.remove(DEAD);
        return ends;
    }

    private static int mapped(int child, Map<Integer, Integer> mapped, IntUnaryOperator ends) {
        return child < 0 ? ends.applyAsInt(child) : java.util.Objects.requireNonNull(mapped.get(child));
    }

    /** Replaces the nodes of a variable by one of their branches, leaving what lies below them alone. */
    private int rewrite(int diagram, int index, boolean value) {
        int[] nodes = nodesBefore(diagram, index);
        for (int node : nodes) {
            int left = rewritten(low[node], index, value);
            int right = rewritten(high[node], index, value);
            image[node] = node(variable[node], left, right);
        }
        return image[diagram];
    }

    private int rewritten(int child, int index, boolean value) {
        int first = top(child);
        if (first > index) {
            return child;
        }
        return first == index ? branch(child, value) : image[child];
    }

    /** The nodes of a diagram whose variable comes before {@code index}, children before parents. */
    public int[] nodesBefore(int diagram, int index) {
        if (top(diagram) >= index) {
            return new int[0];
        }
        deadline.tick();
        if (mark.length < variable.length) {
            mark = Arrays.copyOf(mark, variable.length);
            image = Arrays.copyOf(image, variable.length);
        }
        stamp++;
        int[] found = new int[16];
        int count = 1;
        found[0] = diagram;
        mark[diagram] = stamp;
        for (int i = 0; i < count; i++) {
            if (i % NODES_A_TICK == NODES_A_TICK - 1) {
                deadline.tick();
            }
            if (count + 2 > found.length) {
                found = Arrays.copyOf(found, 2 * found.length);
            }
            count = note(low[found[i]], index, found, count);
            count = note(high[found[i]], index, found, count);
        }
        int[] nodes = Arrays.copyOf(found, count);
        sort(nodes);
        return nodes;
    }

    /** Sorts the nodes that were marked last: where they lie close to each other, by looking at all between them. */
    private void sort(int[] nodes) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int node : nodes) {
            least = Math.min(least, node);
            most = Math.max(most, node);
        }
        if (most - least >= SPARSE * nodes.length) {
            Arrays.sort(nodes);
            return;
        }
        int count = 0;
        for (int node = least; node <= most; node++) {
            if (mark[node] == stamp) {
                nodes[count++] = node;
            }
        }
    }

    private int note(int child, int index, int[] found, int count) {
        if (child < 0 || variable[child] >= index || mark[child] == stamp) {
            return count;
        }
        mark[child] = stamp;
        found[count] = child;
        return count + 1;
    }

    /** The diagram with several variables set to one value. */
    public int restrictAll(int diagram, BitSet indices, boolean value) {
        return value ? restrictAll(diagram, indices, NONE) : restrictAll(diagram, NONE, indices);
    }

    /** The diagram with some variables set to true, and others to false. */
    public int restrictAll(int diagram, BitSet yes, BitSet no) {
        int end = Math.max(yes.length(), no.length());
        int[] nodes = nodesBefore(diagram, end);
        for (int node : nodes) {
            int left = restricted(low[node], end);
            int right = restricted(high[node], end);
            int index = variable[node];
            image[node] = yes.get(index) ? right : no.get(index) ? left : node(index, left, right);
        }
        return nodes.length == 0 ? diagram : image[diagram];
    }

    private int restricted(int child, int end) {
        return top(child) >= end ? child : image[child];
    }

    /** Charges one unit of work on diagrams that is done elsewhere. */
    public void tick() {
        deadline.tick();
    }

    /** The unit literals of a diagram, and the rest. */
    public Units units(int diagram) {
        Units known = units.get(diagram);
        if (known == null) {
            known = Units.of(this, diagram);
            units.put(diagram, known);
        }
        return known;
    }

    /** The variables that a diagram depends on; not to be modified. */
    public BitSet support(int diagram) {
        if (diagram < 0) {
            return new BitSet(0);
        }
        BitSet known = supports.get(diagram);
        if (known == null) {
            known = new BitSet();
            for (int node : nodesBefore(diagram, Integer.MAX_VALUE)) {
                known.set(variable[node]);
            }
            supports.put(diagram, known);
        }
        return known;
    }

    /** The number of nodes made so far. */
    public int size() {
        return size;
    }

    /** Whether a diagram has at most some nodes. */
    public boolean isWithin(int diagram, int most) {
        BitSet seen = new BitSet();
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(diagram));
        int count = 0;
        while (!open.isEmpty() && count <= most) {
            int next = open.pop();
            if (next >= 0 && !seen.get(next)) {
                seen.set(next);
                count++;
                open.push(low[next]);
                open.push(high[next]);
            }
        }
        return count <= most;
    }
}
