// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.counting.CounterState;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.gbnf.GbnfReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** Keys of rows of two grammars, held to all pairs of rows: pairs that differ at one place are told apart until no more are. */
@org.jspecify.annotations.NullUnmarked
class CanonicalKeyTest implements CountedTrials {

    private static final Horizon HORIZON = Horizon.of(4);

    private int alike;
    private int different;
    private int missed;

    private static String expression(Random random, int rules, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 9)) {
            case 0 -> "\"a\"";
            case 1 -> random.nextBoolean() ? "\"b\"" : "[a-c]";
            case 2, 3 -> "r" + random.nextInt(rules);
            case 4 -> "(" + expression(random, rules, depth - 1) + ")?";
            case 5 ->
                "(" + expression(random, rules, depth - 1) + ")"
                        + (random.nextBoolean() ? "*" : "{" + random.nextInt(3) + ",300}");
            case 6 -> "(" + expression(random, rules, depth - 1) + " | " + expression(random, rules, depth - 1) + ")";
            default -> expression(random, rules, depth - 1) + " " + expression(random, rules, depth - 1);
        };
    }

    /** The rows of a grammar of rules by chance, in an order by chance. */
    private static Set<RuleState> rows(List<String> rules, Random random) {
        List<String> lines = new ArrayList<>(rules);
        Collections.shuffle(lines, random);
        String source = "root ::= \"c\" r" + random.nextInt(rules.size()) + "\n" + String.join("\n", lines) + "\n";
        Set<RuleState> rows = new LinkedHashSet<>();
        try {
            State start = AutomatonCompiler.compile(new GbnfReader().read(source), Map.of(), WorkBudget.standard())
                    .start();
            meet((RuleState) start, rows);
        } catch (EspalierException exception) {
            return Set.of(); // without a sentence, or recursive through a counter
        }
        return rows;
    }

    private static void meet(RuleState row, Set<RuleState> rows) {
        if (!rows.add(row)) {
            return;
        }
        for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
            int next = row.ruleMoves().next(symbol);
            if (next >= 0) {
                meet(row.frame().ruleState(next), rows);
            }
        }
        for (RuleMoves.Call call : row.ruleMoves().calls()) {
            meet(call.returnState(), rows);
            if (called(call) instanceof RuleState callee) {
                meet(callee, rows);
            }
        }
    }

    private static State called(RuleMoves.Call call) {
        State callee = call.callee();
        while (callee instanceof CounterState counter) {
            callee = counter.body();
        }
        return callee;
    }

    /** What of a call is no row: the bounds, and what is called that is of no rule. */
    private static List<Object> foreign(RuleMoves.Call call) {
        List<Object> parts = new ArrayList<>();
        State callee = call.callee();
        while (callee instanceof CounterState counter) {
            parts.add(counter.bounds());
            callee = counter.body();
        }
        if (!(callee instanceof RuleState)) {
            parts.add(Objects.requireNonNullElse(callee.sharedKey(HORIZON), callee));
        }
        return parts;
    }

    /** Which rows behave alike; in order: whose calls stand in the same order, too. */
    private static boolean[][] alike(List<RuleState> rows, boolean inOrder) {
        Map<RuleState, Integer> numbers = new HashMap<>();
        rows.forEach(row -> numbers.put(row, numbers.size()));
        int size = rows.size();
        boolean[][] alike = new boolean[size][size];
        for (boolean[] line : alike) {
            Arrays.fill(line, true);
        }
        boolean changed = true;
        while (changed) {
            boolean[][] refined = new boolean[size][size];
            changed = false;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    refined[i][j] = alike[i][j] && areAlike(rows.get(i), rows.get(j), numbers, alike, inOrder);
                    changed |= refined[i][j] != alike[i][j];
                }
            }
            alike = refined;
        }
        return alike;
    }

    private static boolean areAlike(
            RuleState a, RuleState b, Map<RuleState, Integer> numbers, boolean[][] alike, boolean inOrder) {
        RuleMoves.Call[] calls = a.ruleMoves().calls();
        List<RuleMoves.Call> others = new ArrayList<>(List.of(b.ruleMoves().calls()));
        if (a.results().length != b.results().length || calls.length != others.size()) {
            return false;
        }
        for (int symbol = 'Z'; symbol < 'f'; symbol++) {
            int toA = a.ruleMoves().next(symbol);
            int toB = b.ruleMoves().next(symbol);
            if (toA < 0 || toB < 0
                    ? toA != toB
                    : !alike[numbers.get(a.frame().ruleState(toA))][
                            numbers.get(b.frame().ruleState(toB))]) {
                return false;
            }
        }
        for (RuleMoves.Call call : calls) {
            int found = 0;
            while (found < others.size() && !areAlike(call, others.get(found), numbers, alike)) {
                found++;
            }
            if (found == others.size() || inOrder && found > 0) {
                return false;
            }
            others.remove(found);
        }
        return true;
    }

    private static boolean areAlike(
            RuleMoves.Call a, RuleMoves.Call b, Map<RuleState, Integer> numbers, boolean[][] alike) {
        Integer toA = numbers.get(called(a));
        Integer toB = numbers.get(called(b));
        return foreign(a).equals(foreign(b))
                && (toA == null || toB == null ? toA == null && toB == null : alike[toA][toB])
                && alike[numbers.get(a.returnState())][numbers.get(b.returnState())];
    }

    @RandomTrials(120)
    void rowsHaveEqualKeysIfTheyBehaveAlike(long seed, Random random) {
        int count = random.nextInt(1, 4);
        List<String> rules = new ArrayList<>();
        for (int rule = 0; rule < count; rule++) {
            rules.add("r" + rule + " ::= " + expression(random, count, 2) + " | \"b\"");
        }
        Set<RuleState> both = new LinkedHashSet<>(rows(rules, random));
        switch (random.nextInt(3)) {
            case 0 -> rules.set(0, "r0 ::= " + expression(random, count, 1) + " | \"b\"");
            case 1 -> rules.replaceAll(rule -> rule.replace("{0,300}", "{1,300}"));
            default -> {}
        }
        both.addAll(rows(rules, random));
        List<RuleState> rows = new ArrayList<>(both);
        boolean[][] behaveAlike = alike(rows, false);
        boolean[][] lookAlike = alike(rows, true);
        List<Object> keys = new ArrayList<>();
        rows.forEach(row -> keys.add(CanonicalKey.of(row, HORIZON)));
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(keys.get(i), rows.get(i).sharedKey(HORIZON), "seed " + seed);
            for (int j = 0; j < rows.size(); j++) {
                String where = "seed " + seed + ", " + rules + ", rows " + i + " and " + j;
                boolean equal = keys.get(i) != null && keys.get(i).equals(keys.get(j));
                assertTrue(!equal || keys.get(i).hashCode() == keys.get(j).hashCode(), where);
                assertTrue(!equal || behaveAlike[i][j], where);
                assertTrue(equal || !lookAlike[i][j] || keys.get(i) == null && keys.get(j) == null, where);
                alike += i != j && equal ? 1 : 0;
                missed += behaveAlike[i][j] && !equal ? 1 : 0;
                different += equal ? 0 : 1;
            }
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(
                alike > 1_000 && different > 1_000 && missed < alike / 4,
                alike + " alike, " + different + " different, " + missed + " missed");
    }
}
