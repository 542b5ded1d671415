// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is odd about a grammar that can be read all the same. */
public final class GrammarCheck {

    private GrammarCheck() {}

    /** Something odd. */
    public enum Kind {
        /** A rule that the start rule never leads to. */
        UNUSED,
        /** A rule that has no text. */
        EMPTY,
        /** A rule that may be itself and nothing besides, directly or by others. */
        LOOP,
        /** An alternative that stands twice in a choice. */
        DUPLICATE,
        /** A token that no lexer finds, since another always wins. */
        HIDDEN
    }

    /**
     * A remark.
     *
     * @param rule the rule that it is about
     * @param message one sentence
     */
    public record Remark(Kind kind, String rule, String message) {}

    /**
     * A text with two readings.
     *
     * @param rule the rule that reads it in two ways
     * @param text its text; names of tokens with blanks between them where there is a lexer
     * @param trees two trees of the text
     * @param sentence a sentence in which the text stands, written alike
     */
    public record Ambiguity(String rule, String text, List<ParseTree> trees, String sentence) {}

    /**
     * What a search for ambiguity found.
     *
     * @param witness a text in a shortest sentence with two trees
     * @param length up to which length all sentences were tried, in characters or tokens
     */
    public record Search(Optional<Ambiguity> witness, int length) {}

    /**
     * What searches for all ambiguous rules found.
     *
     * @param witnesses one for each rule that is to blame, in the order of the rules
     * @param length up to which length the sentences of all rules without a witness were tried
     */
    public record Searches(List<Ambiguity> witnesses, int length) {
        public Searches {
            witnesses = List.copyOf(witnesses);
        }
    }

    /** Remarks about a grammar, by rule in their order. Cost: about linear. */
    public static List<Remark> remarks(Syntax syntax, WorkBudget budget) {
        Grammar grammar = rules(syntax);
        List<Remark> remarks = new ArrayList<>();
        Map<String, Set<String>> used = new LinkedHashMap<>();
        grammar.rules().forEach((name, body) -> used.put(name, references(body, budget)));
        Set<String> reached = new HashSet<>();
        ArrayDeque<String> pending = new ArrayDeque<>(List.of(grammar.root()));
        while (!pending.isEmpty()) {
            String rule = pending.remove();
            if (reached.add(rule)) {
                used.getOrDefault(rule, Set.of()).forEach(pending::add);
            }
        }
        Set<String> tokens = tokens(syntax);
        Map<String, String> loops = loops(grammar, tokens, budget);
        Set<String> productive = productive(grammar, tokens, budget);
        grammar.rules().forEach((name, body) -> {
            if (!reached.contains(name)) {
                remarks.add(new Remark(Kind.UNUSED, name, "the start rule never leads to \"" + name + "\""));
            }
            if (!productive.contains(name)) {
                remarks.add(new Remark(Kind.EMPTY, name, "\"" + name + "\" has no text: it never ends"));
            }
            String loop = loops.get(name);
            if (loop != null) {
                remarks.add(new Remark(Kind.LOOP, name, loop));
            }
            Set<Expression> met = new HashSet<>();
            if (!alternatives(body).stream().allMatch(met::add)) {
                remarks.add(new Remark(Kind.DUPLICATE, name, "an alternative of \"" + name + "\" stands there twice"));
            }
        });
        Set<String> met = new HashSet<>();
        reached.forEach(rule -> met.add(shown(rule)));
        for (String token : tokens) {
            if (met.add(shown(token))) {
                remarks.add(new Remark(
                        Kind.UNUSED, shown(token), "the start rule never leads to the token \"" + shown(token) + "\""));
            }
        }
        return remarks;
    }

    /** The name of a token or a rule of a grammar with a lexer, without the number that a reader wrote behind it to tell apart what stands in different places. */
    public static String shown(String name) {
        return name.replaceFirst("[@#]\\d+$", "");
    }

    /** By rule, a remark about its loop. */
    private static Map<String, String> loops(Grammar grammar, Set<String> tokens, WorkBudget budget) {
        Map<String, String> remarks = new HashMap<>();
        grammar.rules().forEach((name, body) -> {
            if (alternatives(body).stream().anyMatch(new Expression.RuleReference(name)::equals)) {
                remarks.put(name, "\"" + name + "\" has itself as an alternative");
            }
        });
        Map<String, Expression> plain = new LinkedHashMap<>();
        grammar.rules().forEach((name, body) -> plain.put(name, withoutLooks(body)));
        Productions rules =
                new ProductionBuilder(new Grammar(grammar.root(), plain), tokens, 1, budget).build(grammar.root());
        for (List<Integer> loop : new UnitLoops(rules, budget).loops()) {
            List<String> names = loop.stream()
                    .map(rules::name)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .sorted()
                    .toList();
            names.forEach(name -> remarks.putIfAbsent(
                    name,
                    names.size() == 1
                            ? "\"" + name + "\" may be itself and nothing besides"
                            : "\"" + name + "\" may be itself and nothing besides, by way of "
                                    + names.stream()
                                            .filter(other -> !other.equals(name))
                                            .map(other -> "\"" + other + "\"")
                                            .collect(Collectors.joining(", "))));
        }
        return remarks;
    }

    /** An expression that does not ask what comes next. */
    private static Expression withoutLooks(Expression expression) {
        if (expression instanceof Expression.Sequence sequence) {
            return new Expression.Sequence(
                    sequence.items().stream().map(GrammarCheck::withoutLooks).toList());
        } else if (expression instanceof Expression.Choice choice) {
            return new Expression.Choice(choice.alternatives().stream()
                    .map(GrammarCheck::withoutLooks)
                    .toList());
        }
        return expression instanceof Expression.Look ? Expression.EMPTY : expression;
    }

    private static List<Expression> alternatives(Expression body) {
        return body instanceof Expression.Choice choice ? choice.alternatives() : List.of(body);
    }

    private static List<Expression> parts(Expression expression) {
        if (expression instanceof Expression.Sequence sequence) {
            return sequence.items();
        } else if (expression instanceof Expression.Choice choice) {
            return choice.alternatives();
        } else if (expression instanceof Expression.Repeat repeat) {
            return List.of(repeat.item());
        } else if (expression instanceof Expression.Permutation permutation) {
            List<Expression> all = new ArrayList<>(List.of(permutation.separator()));
            permutation.items().forEach(item -> all.add(item.expression()));
            return all;
        } else if (expression instanceof Expression.FreeText free) {
            return free.stops().stream().map(Expression.FreeText.Stop::then).toList();
        } else if (expression instanceof Expression.Intersection both) {
            return List.of(both.left(), both.right());
        }
        return expression instanceof Expression.Difference difference
                ? List.of(difference.left(), difference.right())
                : List.of();
    }

    private static Set<String> references(Expression body, WorkBudget budget) {
        Set<String> names = new HashSet<>();
        Set<Expression> met = new HashSet<>();
        ArrayDeque<Expression> pending = new ArrayDeque<>(List.of(body));
        while (!pending.isEmpty()) {
            budget.step();
            Expression next = pending.remove();
            if (next instanceof Expression.RuleReference reference) {
                names.add(reference.name());
            } else if (met.add(next)) {
                pending.addAll(parts(next));
            }
        }
        return names;
    }

    private static Set<String> productive(Grammar grammar, Set<String> tokens, WorkBudget budget) {
        Set<String> productive = new HashSet<>(tokens);
        for (boolean grows = true; grows; ) {
            grows = false;
            for (Map.Entry<String, Expression> rule : grammar.rules().entrySet()) {
                budget.step();
                grows |= !productive.contains(rule.getKey())
                        && isProductive(rule.getValue(), productive)
                        && productive.add(rule.getKey());
            }
        }
        return productive;
    }

    private static boolean isProductive(Expression expression, Set<String> productive) {
        if (expression instanceof Expression.RuleReference reference) {
            return productive.contains(reference.name());
        } else if (expression instanceof Expression.CharacterClass members) {
            return !members.members().isEmpty();
        } else if (expression instanceof Expression.Choice choice) {
            return choice.alternatives().stream().anyMatch(each -> isProductive(each, productive));
        } else if (expression instanceof Expression.Repeat repeat) {
            return repeat.min() == 0 || isProductive(repeat.item(), productive);
        } else if (expression instanceof Expression.Sequence sequence) {
            return sequence.items().stream().allMatch(each -> isProductive(each, productive));
        }
        return true; // what else there is, is compiled before it is known
    }

    /** The names that stand for tokens in sentences of a grammar; none without a lexer. */
    public static Set<String> tokens(Syntax syntax) {
        Set<String> tokens = new LinkedHashSet<>();
        if (syntax instanceof LexedGrammar lexed) {
            lexed.modes().stream()
                    .flatMap(mode -> LexedGrammar.withKeywords(mode).stream())
                    .filter(token -> !token.isSkipped())
                    .forEach(token -> tokens.add(token.name()));
            lexed.indentation().ifPresent(made -> tokens.addAll(made.made().keySet()));
        }
        return tokens;
    }

    /**
     * Looks for a shortest sentence with two trees. Where there is a lexer, sentences are rows of tokens.
     *
     * @param longest the greatest number of characters or tokens of a sentence
     * @param most how many pairs of derivations are looked at
     * @throws UnsupportedFeatureException if the rules have something that is not of characters or tokens, sequences, choices and repetitions
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public static Search ambiguity(Syntax syntax, int longest, int most, WorkBudget budget) {
        return new Ambiguities(rules(syntax), tokens(syntax), longest, budget).first(most);
    }

    /**
     * Looks for ambiguous rules: for each rule a shortest sentence in which the rule has two trees, and of this the rule that is to blame, which is inside of all others.
     * Each of these rules comes once.
     *
     * @param longest the greatest number of characters or tokens of a sentence
     * @param most how many pairs of derivations are looked at for each rule
     * @throws UnsupportedFeatureException as for {@link #ambiguity}
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public static Searches ambiguities(Syntax syntax, int longest, int most, WorkBudget budget) {
        return new Ambiguities(rules(syntax), tokens(syntax), longest, budget).all(most);
    }

    private static Grammar rules(Syntax syntax) {
        return syntax instanceof LexedGrammar lexed ? lexed.rules() : (Grammar) syntax;
    }
}
