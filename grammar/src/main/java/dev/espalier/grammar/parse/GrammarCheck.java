// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is odd about a grammar that can be read all the same. */
public final class GrammarCheck {

    private GrammarCheck() {}

    /** Something odd. */
    public enum Kind {
        /** A rule that the start rule never leads to. */
        UNUSED,
        /** A rule that has no text. */
        EMPTY,
        /** A rule that may be its own text, and nothing besides. */
        LOOP,
        /** An alternative that stands twice in a choice. */
        DUPLICATE
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
     * @param text its text
     * @param trees the readings
     * @param sentence a sentence in which the text stands
     */
    public record Ambiguity(String rule, String text, List<ParseTree> trees, String sentence) {}

    /**
     * What a search for ambiguity found.
     *
     * @param witness a text of the least length that was found
     * @param length up to which length all texts of all rules were tried, where one character stood for all that the grammar tells not apart
     */
    public record Search(Optional<Ambiguity> witness, int length) {}

    /** Remarks about a grammar, by rule in their order. Cost: about linear. */
    public static List<Remark> remarks(Syntax syntax, WorkBudget budget) {
        Grammar grammar = syntax instanceof LexedGrammar lexed ? lexed.rules() : (Grammar) syntax;
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
        Set<String> tokens = new HashSet<>();
        if (syntax instanceof LexedGrammar lexed) {
            lexed.modes().forEach(mode -> mode.forEach(token -> tokens.add(token.name())));
        }
        Set<String> productive = productive(grammar, tokens, budget);
        grammar.rules().forEach((name, body) -> {
            if (!reached.contains(name)) {
                remarks.add(new Remark(Kind.UNUSED, name, "the start rule never leads to \"" + name + "\""));
            }
            if (!productive.contains(name)) {
                remarks.add(new Remark(Kind.EMPTY, name, "\"" + name + "\" has no text: it never ends"));
            }
            if (alternatives(body).stream().anyMatch(new Expression.RuleReference(name)::equals)) {
                remarks.add(new Remark(Kind.LOOP, name, "\"" + name + "\" has itself as an alternative"));
            }
            Set<Expression> met = new HashSet<>();
            if (!alternatives(body).stream().allMatch(met::add)) {
                remarks.add(new Remark(Kind.DUPLICATE, name, "an alternative of \"" + name + "\" stands there twice"));
            }
        });
        return remarks;
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

    /**
     * Looks for a shortest text with two readings, among all texts of all rules that the start rule leads to.
     *
     * @param longest the greatest length that is tried
     * @param most of how many texts of a rule and a length is looked at; where there are more, the search ends at the length before
     * @throws UnsupportedFeatureException if the grammar has something that is not of characters, sequences, choices and repetitions
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public static Search ambiguity(Grammar grammar, int longest, int most, WorkBudget budget) {
        Productions rules = Productions.of(grammar, grammar.root(), longest, budget);
        TextSets texts = new TextSets(rules, representatives(rules), most, budget);
        Contexts contexts = new Contexts(rules, budget);
        for (int length = 0; length <= longest; length++) {
            texts.extend();
            if (texts.isFull()) {
                return new Search(Optional.empty(), length - 1);
            }
            for (int symbol = 0; symbol < rules.size(); symbol++) {
                if (rules.name(symbol).isEmpty() || !contexts.isReached(symbol)) {
                    continue;
                }
                for (String text : texts.of(symbol, length)) {
                    Reading reading = TextReader.read(grammar, rules.name(symbol), text, budget);
                    if (reading instanceof Reading.Sentence sentence && sentence.isAmbiguous()) {
                        return new Search(
                                Optional.of(new Ambiguity(
                                        rules.name(symbol), text, sentence.trees(), contexts.around(symbol, text))),
                                length);
                    }
                }
            }
        }
        return new Search(Optional.empty(), longest);
    }

    /** One character, printable if possible, for all that no class tells apart. */
    private static Map<CodePoints, CodePoints> representatives(Productions rules) {
        Set<CodePoints> atoms = new HashSet<>(Set.of(CodePoints.ALL));
        for (CodePoints members : rules.classes()) {
            Set<CodePoints> finer = new HashSet<>();
            for (CodePoints atom : atoms) {
                finer.add(atom.intersect(members));
                finer.add(atom.minus(members));
            }
            finer.remove(CodePoints.NONE);
            atoms = finer;
        }
        CodePoints chosen = CodePoints.NONE;
        for (CodePoints atom : atoms) {
            chosen = chosen.union(CodePoints.of(CharacterText.example(atom)));
        }
        Map<CodePoints, CodePoints> representatives = new HashMap<>();
        for (CodePoints members : rules.classes()) {
            representatives.put(members, members.intersect(chosen));
        }
        return representatives;
    }
}
