// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.FreeText;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.ebnf.MacroCall.Argument;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.RuleBook;
import dev.espalier.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What XGrammar's macros mean, by its documentation. */
final class Macros {

    private static final String LOOP = "loop_after_dispatch";
    private static final String EXCLUDES = "excludes";

    private final SourceText source;
    private final RuleBook book;
    private final PatternMacro patterns;
    private final PlainAlgebra algebra = new PlainAlgebra();

    Macros(SourceText source, RuleBook book, PatternMacro patterns) {
        this.source = source;
        this.book = book;
        this.patterns = patterns;
    }

    /**
     * The expression of a call.
     *
     * @throws SyntaxException if the macro has no such arguments
     * @throws UnsupportedFeatureException if it cannot be kept exactly
     */
    Expression expression(MacroCall call, WorkBudget budget) {
        return switch (call.name()) {
            case "Token" -> {
                checkNames(call, Set.of());
                yield algebra.choice(List.copyOf(tokens(atLeastOne(call))));
            }
            case "ExcludeToken" -> {
                checkNames(call, Set.of());
                yield new OtherToken(tokens(atLeastOne(call)));
            }
            case "Substring" -> {
                checkNames(call, Set.of());
                yield substring(call, budget);
            }
            case "TagDispatch" -> tagDispatch(call);
            case "TokenTagDispatch" -> tokenTagDispatch(call);
            default -> pattern(call, budget);
        };
    }

    private void checkNames(MacroCall call, Set<String> known) {
        call.named().forEach((name, argument) -> {
            if (!known.contains(name)) {
                throw source.error(
                        call.name() + " has no argument called \"" + name + "\""
                                + NearestName.question(name, new TreeSet<>(known)),
                        argument.offset());
            }
        });
    }

    private List<Argument> atLeastOne(MacroCall call) {
        if (call.positional().isEmpty()) {
            throw source.error(call.name() + " needs at least one id of a token", call.offset());
        }
        return call.positional();
    }

    private SyntaxException expected(String what, Argument argument) {
        return source.error("expected " + what, argument.offset());
    }

    private SpecialToken token(Argument argument) {
        if (argument instanceof Argument.Digits digits && digits.digits().matches("[0-9]{1,9}")) {
            return new SpecialToken("", Integer.parseInt(digits.digits()));
        }
        throw expected("the id of a token, at most 999999999", argument);
    }

    private List<SpecialToken> tokens(List<Argument> arguments) {
        return arguments.stream().map(this::token).distinct().toList();
    }

    private List<String> texts(List<Argument> arguments, String what) {
        List<String> texts = new ArrayList<>();
        for (Argument argument : arguments) {
            if (!(argument instanceof Argument.Text text)) {
                throw expected(what, argument);
            }
            texts.add(text.text());
        }
        return texts;
    }

    /** Some neighbours of a list, or none: from each place on, as many as wanted. */
    private Expression substring(MacroCall call, WorkBudget budget) {
        List<String> chunks = texts(call.positional(), "a string");
        if (chunks.size() > budget.limits().maxNesting()) {
            throw new UnsupportedFeatureException(
                    "Substring",
                    "a Substring of more than maxNesting (" + budget.limits().maxNesting() + ") parts",
                    source.place(call.offset()));
        }
        List<Expression> starts = new ArrayList<>();
        Expression rest = Expression.EMPTY;
        for (int i = chunks.size() - 1; i >= 0; i--) {
            rest = algebra.repeat(Sequence.of(Literal.of(chunks.get(i)), rest), 0, 1);
            starts.add(rest);
        }
        return starts.isEmpty() ? Expression.EMPTY : algebra.choice(starts);
    }

    private boolean flag(MacroCall call, String name, boolean standard) {
        Argument argument = call.named().get(name);
        if (argument == null) {
            return standard;
        }
        if (argument instanceof Argument.Word word && Set.of("true", "false").contains(word.word())) {
            return word.word().equals("true");
        }
        throw expected("true or false", argument);
    }

    private List<Argument> excludes(MacroCall call) {
        Argument argument = call.named().get(EXCLUDES);
        if (argument == null) {
            return List.of();
        }
        if (argument instanceof Argument.Tuple tuple) {
            return tuple.items();
        }
        throw expected("some values in parentheses", argument);
    }

    /** The rule of a pair {@code (tag, rule)}. */
    private Expression rule(Argument argument, String what) {
        if (argument instanceof Argument.Tuple pair
                && pair.items().size() == 2
                && pair.items().get(1) instanceof Argument.Word rule) {
            return book.reference(rule.word(), rule.offset());
        }
        throw expected(what, argument);
    }

    private static Argument tag(Argument pair) {
        return ((Argument.Tuple) pair).items().get(0);
    }

    private Expression tagDispatch(MacroCall call) {
        checkNames(call, Set.of(LOOP, EXCLUDES));
        List<FreeText.Stop> branches = new ArrayList<>();
        List<String> marks = new ArrayList<>();
        List<Argument> places = new ArrayList<>();
        for (Argument pair : call.positional()) {
            Expression rule = rule(pair, "a pair (\"tag\", rule)");
            places.add(tag(pair));
            marks.addAll(texts(List.of(tag(pair)), "a tag in quotes"));
            branches.add(new FreeText.Stop(marks.get(marks.size() - 1), rule));
        }
        List<String> excludes = texts(excludes(call), "a string");
        marks.addAll(excludes);
        places.addAll(excludes(call));
        checkApart(marks, places, branches.size());
        if (!flag(call, LOOP, true)) {
            return new FreeText(branches, excludes, true);
        }
        Expression tagged = new FreeText(branches, excludes, false);
        return Sequence.of(
                new Expression.Repeat(tagged, 0, Expression.UNBOUNDED), new FreeText(List.of(), marks, true));
    }

    /** Refuses marks that leave open which of them comes first. */
    private void checkApart(List<String> marks, List<Argument> places, int tags) {
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).isEmpty()) {
                throw source.error(
                        "an empty string is everywhere", places.get(i).offset());
            }
            for (int j = 0; j < tags; j++) {
                if (i != j
                        && (marks.get(i).contains(marks.get(j)) || marks.get(j).contains(marks.get(i)))) {
                    throw new UnsupportedFeatureException(
                            "TagDispatch",
                            "a tag that contains another tag or an excluded string, or is in one, is not supported",
                            source.place(places.get(Math.max(i, j)).offset()));
                }
            }
        }
    }

    private Expression tokenTagDispatch(MacroCall call) {
        checkNames(call, Set.of(LOOP, EXCLUDES));
        List<SpecialToken> excludes = tokens(excludes(call));
        Set<SpecialToken> stops = new HashSet<>(excludes);
        List<SpecialToken> all = new ArrayList<>(excludes);
        List<Expression> starts = new ArrayList<>();
        for (Argument pair : call.positional()) {
            Expression rule = rule(pair, "a pair (id, rule)");
            SpecialToken trigger = token(tag(pair));
            if (excludes.contains(trigger)) {
                throw source.error("a token that is excluded, too", tag(pair).offset());
            }
            if (stops.add(trigger)) {
                all.add(trigger);
            }
            starts.add(Sequence.of(trigger, rule));
        }
        Expression free = new Expression.Repeat(new OtherToken(all), 0, Expression.UNBOUNDED);
        if (starts.isEmpty()) {
            return free;
        }
        Expression tagged = Sequence.of(free, new Expression.Choice(starts));
        return flag(call, LOOP, true)
                ? Sequence.of(new Expression.Repeat(tagged, 0, Expression.UNBOUNDED), free)
                : Expression.Choice.of(free, tagged);
    }

    private Expression pattern(MacroCall call, WorkBudget budget) {
        checkNames(call, Set.of("json_string", "flags"));
        for (Map.Entry<String, Argument> named : call.named().entrySet()) {
            if (named.getKey().equals("flags") || flag(call, named.getKey(), false)) {
                throw new UnsupportedFeatureException(
                        "Regex",
                        "the argument " + named.getKey()
                                + " of Regex is not supported; write what it means in the pattern",
                        source.place(named.getValue().offset()));
            }
        }
        if (call.positional().size() != 1) {
            throw source.error("Regex needs one pattern", call.offset());
        }
        Argument pattern = call.positional().get(0);
        String text = texts(List.of(pattern), "a pattern in quotes").get(0);
        return patterns.expression(text, source.place(pattern.offset()), budget);
    }
}
