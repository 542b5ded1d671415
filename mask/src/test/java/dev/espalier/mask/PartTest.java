// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The part of a text that the next token belongs to, against all derivations of short texts. */
class PartTest {

    private static final Vocabulary LETTERS = Vocabulary.builder()
            .token(0, "a")
            .token(1, "b")
            .token(2, "c")
            .special(3, "<end>")
            .endIds(3)
            .build();

    private static CompiledGrammar compile(Grammar grammar, Map<String, String> marks) {
        PushdownAutomaton automaton =
                AutomatonCompiler.compile(grammar, Map.of(), marks, new WorkBudget(Limits.DEFAULT, new Cancellation()));
        return new GrammarCompiler(LETTERS).compile(automaton);
    }

    private static CompiledGrammar compile(String gbnf, Map<String, String> marks) {
        return compile(new GbnfReader().read(gbnf), marks);
    }

    private static String partsAlong(CompiledGrammar grammar, String text) {
        Matcher matcher = grammar.matcher();
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i <= text.length(); i++) {
            parts.append(matcher.part().orElse("-"));
            if (i < text.length()) {
                matcher.accept(text.charAt(i) - 'a');
            }
        }
        return parts.toString();
    }

    @Test
    void aPartIsOpenFromBeforeItsFirstByteToWhereItCannotGoOn() {
        CompiledGrammar grammar = compile("root ::= \"a\" x \"c\"\nx ::= \"b\" \"b\"", Map.of("x", "X"));
        assertEquals("-XX--", partsAlong(grammar, "abbc"));
    }

    @Test
    void theInnermostPartCounts() {
        CompiledGrammar grammar =
                compile("root ::= x \"a\"\nx ::= \"a\" y \"c\"\ny ::= \"b\" \"b\"+ \"a\"", Map.of("x", "X", "y", "Y"));
        assertEquals("XYYYYX--", partsAlong(grammar, "abbbaca"));
    }

    @Test
    void aPartThatMayEndGoesOn() {
        CompiledGrammar grammar = compile("root ::= x \"c\"\nx ::= \"a\"+", Map.of("x", "X"));
        assertEquals("XXX-", partsAlong(grammar, "aac"));
    }

    @Test
    void nothingIsSaidWhereItIsNotCertain() {
        CompiledGrammar grammar =
                compile("root ::= x \"b\" | y \"c\"\nx ::= \"a\" \"a\"\ny ::= \"a\" \"a\"", Map.of("x", "X", "y", "Y"));
        assertEquals("---", partsAlong(grammar, "aa"));
    }

    @Test
    void partsDoNotChangeMasks() {
        CompiledGrammar plain = compile(DEEP, Map.of());
        CompiledGrammar marked = compile(DEEP, Map.of("x", "X"));
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Matcher one = plain.matcher();
            Matcher other = marked.matcher();
            while (!one.isTerminated() && one.length() < 40) {
                int[] allowed = one.mask().sortedIds();
                assertEquals(List.of(one.mask()), List.of(other.mask()));
                assertEquals(one.leastTokensToEnd(), other.leastTokensToEnd());
                int token = allowed[random.nextInt(allowed.length)];
                one.accept(token);
                other.accept(token);
            }
        }
    }

    private static final int MOST_DERIVATIONS = 300;
    private static final String DEEP = "root ::= x*\nx ::= \"a\" x* \"b\" | \"c\" x \"c\" | \"b\"";

    /** Where one derivation of a text has the part that each place belongs to: that of the byte before which it is. */
    private record Walk(String text, List<String> parts) {}

    @Test
    void partsAreThoseOfAllDerivations() {
        int certain = 0;
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Map<String, Expression> rules = new LinkedHashMap<>();
            List<String> names = List.of("x", "y", "z");
            Map<String, String> marks = new HashMap<>();
            rules.put("root", expression(random, 2, names));
            for (int i = 0; i < names.size(); i++) {
                rules.put(names.get(i), expression(random, 2, names.subList(i + 1, names.size())));
                if (random.nextBoolean()) {
                    marks.put(names.get(i), names.get(i).toUpperCase(Locale.ROOT));
                }
            }
            CompiledGrammar grammar;
            try {
                grammar = compile(new Grammar("root", rules), marks);
            } catch (EspalierException none) {
                continue;
            }
            if (count(body(rules, "root"), rules) > MOST_DERIVATIONS) {
                continue;
            }
            List<Walk> walks = walks(body(rules, "root"), rules, marks, "");
            for (Walk walk : walks) {
                Matcher matcher = grammar.matcher();
                for (int place = 0; place < walk.text.length(); place++) {
                    String prefix = walk.text.substring(0, place);
                    int here = place;
                    Set<String> possible = new TreeSet<>();
                    walks.stream()
                            .filter(each -> each.text.startsWith(prefix) && each.text.length() > here)
                            .forEach(each -> possible.add(each.parts.get(here)));
                    Optional<String> part = matcher.part();
                    if (part.isPresent()) {
                        assertTrue(
                                possible.contains(part.get()),
                                "seed " + seed + " " + rules + " after " + prefix + ": " + part + possible);
                        certain++;
                    }
                    matcher.accept(walk.text.charAt(place) - 'a');
                }
            }
        }
        assertTrue(certain > 500, certain + " places");
    }

    private static Expression expression(Random random, int depth, List<String> names) {
        int kind = random.nextInt(depth == 0 ? 1 : 4);
        if (kind == 0 || (kind == 3 && names.isEmpty())) {
            StringBuilder text = new StringBuilder();
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                text.append((char) ('a' + random.nextInt(3)));
            }
            return Expression.Literal.of(text.toString());
        } else if (kind == 3) {
            return new Expression.RuleReference(names.get(random.nextInt(names.size())));
        }
        List<Expression> parts = new ArrayList<>();
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            parts.add(expression(random, depth - 1, names));
        }
        return kind == 1 ? new Expression.Sequence(parts) : new Expression.Choice(parts);
    }

    private static Expression body(Map<String, Expression> rules, String name) {
        return Objects.requireNonNull(rules.get(name));
    }

    /** The number of derivations. */
    private static long count(Expression expression, Map<String, Expression> rules) {
        if (expression instanceof Expression.RuleReference reference) {
            return count(body(rules, reference.name()), rules);
        } else if (expression instanceof Expression.Choice choice) {
            return choice.alternatives().stream()
                    .mapToLong(each -> count(each, rules))
                    .sum();
        } else if (expression instanceof Expression.Sequence sequence) {
            return sequence.items().stream()
                    .mapToLong(each -> count(each, rules))
                    .reduce(1, (a, b) -> a * b);
        }
        return 1;
    }

    private static List<Walk> walks(
            Expression expression, Map<String, Expression> rules, Map<String, String> marks, String part) {
        if (expression instanceof Expression.Literal literal) {
            List<String> parts = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < literal.bytes().length(); i++) {
                text.append((char) literal.bytes().at(i));
                parts.add(part);
            }
            return List.of(new Walk(text.toString(), parts));
        } else if (expression instanceof Expression.RuleReference reference) {
            return walks(body(rules, reference.name()), rules, marks, marks.getOrDefault(reference.name(), part));
        } else if (expression instanceof Expression.Choice choice) {
            return choice.alternatives().stream()
                    .flatMap(each -> walks(each, rules, marks, part).stream())
                    .toList();
        }
        List<Walk> all = List.of(new Walk("", List.of()));
        for (Expression item : ((Expression.Sequence) expression).items()) {
            List<Walk> next = walks(item, rules, marks, part);
            List<Walk> longer = new ArrayList<>();
            for (Walk walk : all) {
                for (Walk more : next) {
                    List<String> parts = new ArrayList<>(walk.parts);
                    parts.addAll(more.parts);
                    longer.add(new Walk(walk.text + more.text, parts));
                }
            }
            all = longer;
        }
        return all;
    }
}
