package dev.espalier.automata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The canonical form of all that is reachable from a rule state, callees included, so that equal behaviour compiled
 * from different grammars is recognised: rows that behave alike are merged (partition refinement by Moore, callees may
 * be cyclic), then numbered in the order a breadth-first walk meets them. Two equal keys are equal automata; the hash is
 * never trusted alone.
 */
final class CanonicalKey {

    /** Larger parts of an automaton are compared by identity. */
    private static final int MAX_ROWS = 512;

    private static final int CALL = -7;
    private static final int FOREIGN = -8;

    private final Map<RuleState, Integer> numbers = new HashMap<>();
    private final List<RuleState> rows = new ArrayList<>();
    private final Map<Object, Integer> foreign = new HashMap<>();
    private final List<Object> foreignKeys = new ArrayList<>();

    private CanonicalKey() {}

    /** A key of a row; the row itself when too much is reachable from it. */
    static Object of(RuleState start) {
        CanonicalKey builder = new CanonicalKey();
        builder.number(start);
        for (int next = 0; next < builder.rows.size(); next++) {
            if (builder.rows.size() > MAX_ROWS || !builder.visit(builder.rows.get(next))) {
                return start;
            }
        }
        return builder.serialise(builder.refine());
    }

    private record Key(int[] form, List<Object> foreign) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(form, key.form) && foreign.equals(key.foreign);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(form) * 31 + foreign.hashCode();
        }
    }

    private int number(RuleState row) {
        Integer known = numbers.get(row);
        if (known == null) {
            known = rows.size();
            numbers.put(row, known);
            rows.add(row);
        }
        return known;
    }

    private boolean visit(RuleState row) {
        RuleMoves moves = row.ruleMoves();
        if (!moves.specials().isEmpty()) {
            return false;
        }
        for (int value = 0; value < State.SPECIAL; value++) {
            int next = moves.next(value);
            if (next >= 0) {
                number(row.frame().ruleState(next));
            }
        }
        for (RuleMoves.Call call : moves.calls()) {
            number(call.returnState());
            if (call.callee() instanceof RuleState callee) {
                number(callee);
            } else if (!foreign.containsKey(call.callee().key())) {
                foreign.put(call.callee().key(), foreignKeys.size());
                foreignKeys.add(call.callee().key());
            }
        }
        return true;
    }

    /** What a row does, with rows written as the classes of a partition. */
    private int[] form(RuleState row, int[] classes) {
        RuleMoves moves = row.ruleMoves();
        int[] form = new int[State.SPECIAL + 1 + 3 * moves.calls().length];
        form[State.SPECIAL] = row.results().length;
        for (int value = 0; value < State.SPECIAL; value++) {
            int next = moves.next(value);
            form[value] = next < 0 ? -1 : classes[number(row.frame().ruleState(next))];
        }
        long[][] calls = new long[moves.calls().length][];
        for (int i = 0; i < calls.length; i++) {
            RuleMoves.Call call = moves.calls()[i];
            boolean own = call.callee() instanceof RuleState;
            int callee = call.callee() instanceof RuleState state
                    ? classes[number(state)]
                    : foreign.getOrDefault(call.callee().key(), -1);
            calls[i] = new long[] {own ? CALL : FOREIGN, callee, classes[number(call.returnState())]};
        }
        Arrays.sort(calls, Arrays::compare);
        for (int i = 0; i < calls.length; i++) {
            for (int j = 0; j < 3; j++) {
                form[State.SPECIAL + 1 + 3 * i + j] = (int) calls[i][j];
            }
        }
        return form;
    }

    private int[] refine() {
        int[] classes = new int[rows.size()];
        int count = 1;
        while (true) {
            Map<List<Integer>, Integer> seen = new HashMap<>();
            int[] refined = new int[classes.length];
            for (int i = 0; i < classes.length; i++) {
                List<Integer> signature = signature(form(rows.get(i), classes), classes[i]);
                Integer known = seen.putIfAbsent(signature, seen.size());
                refined[i] = known == null ? seen.size() - 1 : known;
            }
            classes = refined;
            if (seen.size() == count) {
                return classes;
            }
            count = seen.size();
        }
    }

    private static List<Integer> signature(int[] form, int own) {
        List<Integer> runs = new ArrayList<>();
        runs.add(own);
        for (int i = 0; i < form.length; i++) {
            if (i == 0 || form[i] != form[i - 1] || i >= State.SPECIAL) {
                runs.add(i);
                runs.add(form[i]);
            }
        }
        return runs;
    }

    private Object serialise(int[] classes) {
        int[] example = new int[classes.length];
        Arrays.fill(example, -1);
        for (int i = classes.length - 1; i >= 0; i--) {
            example[classes[i]] = i;
        }
        int[] numbering = new int[classes.length];
        Arrays.fill(numbering, -1);
        List<Integer> order = new ArrayList<>();
        meet(classes[0], numbering, order);
        List<Integer> form = new ArrayList<>();
        for (int next = 0; next < order.size(); next++) {
            int[] row = form(rows.get(example[order.get(next)]), classes);
            form.add(Integer.MIN_VALUE);
            for (int i = 0; i < row.length; i++) {
                boolean isRow = i < State.SPECIAL ? row[i] >= 0 : isRowNumber(row, i);
                int value = isRow ? meet(row[i], numbering, order) : row[i];
                if (i == 0 || i >= State.SPECIAL || row[i] != row[i - 1]) {
                    form.add(i);
                    form.add(value);
                }
            }
        }
        return new Key(form.stream().mapToInt(Integer::intValue).toArray(), List.copyOf(foreignKeys));
    }

    private static boolean isRowNumber(int[] row, int index) {
        int part = (index - State.SPECIAL - 1) % 3;
        if (index == State.SPECIAL || part == 0) {
            return false;
        }
        return part == 2 || row[index - 1] == CALL;
    }

    private static int meet(int group, int[] numbering, List<Integer> order) {
        if (numbering[group] < 0) {
            numbering[group] = order.size();
            order.add(group);
        }
        return numbering[group];
    }
}
