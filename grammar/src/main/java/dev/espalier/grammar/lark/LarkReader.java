// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.LexedGrammar.Lexing;
import dev.espalier.grammar.LexedGrammar.Token;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkNode.Name;
import dev.espalier.grammar.lark.LarkTerminals.Terminal;
import dev.espalier.grammar.regex.PatternDialect;
import dev.espalier.grammar.regex.PatternReader;
import dev.espalier.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads grammar files of Lark, the Python package, as its LALR parser with the contextual lexer means them, or with the {@linkplain #basic basic} one.
 *
 * <p>The contextual lexer tries the terminals that the parser's state accepts, one after the other, in Lark's order: by priority, greatest width, length and name; the basic
 * one tries all of them. A string that a regular expression of the same priority finds, too, is a keyword of that. Files beside the grammar and Lark's {@code common} are
 * imported. {@code %declare _INDENT _DEDENT} is Lark's {@code PythonIndenter}.
 *
 * <p>Where the LALR(1) parser could shift and reduce, it shifts. Terminals may look at the text around them. Terminals that are ignored or only declared never come in rules.
 *
 * <p>Refused: rules of which two may end at once, or of which one may be empty where it could end or go on, unless the lexer is the basic one. Thread-safe.
 */
public final class LarkReader implements GrammarReader<LexedGrammar> {

    private final boolean isBasic;

    private final LarkSyntax syntax = new LarkSyntax();
    private final PatternReader patterns = new PatternReader(PatternDialect.PYTHON);

    /** A reader for Lark's contextual lexer. */
    public LarkReader() {
        this(false);
    }

    private LarkReader(boolean isBasic) {
        this.isBasic = isBasic;
    }

    /** A reader for Lark's basic lexer, which looks for all terminals everywhere. Rules may be any: Lark's Earley parser is meant. */
    public static LarkReader basic() {
        return new LarkReader(true);
    }

    @Override
    public LexedGrammar read(String sourceName, byte[] utf8, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(sourceName, utf8, budget.limits()), options, budget);
    }

    @Override
    public LexedGrammar read(String text, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(text, budget.limits()), options, budget);
    }

    private LexedGrammar read(SourceText source, GrammarOptions options, WorkBudget budget) {
        if (!options.frames().isEmpty()) {
            throw new UnsupportedFeatureException(
                    "parts",
                    "Lark's lexer has no names that stand for schemas; the dialect llguidance has",
                    source.place(0));
        }
        LarkDefinitions definitions = new LarkDefinitions(new LarkImports(syntax, budget));
        definitions.add(syntax.file(source, false, budget), options.folder().orElse(null), null);
        Name start = new Name(options.root().orElse("start"), List.of(), new LarkNode.Spot(source, 0));
        if (!definitions.all().containsKey(start.name())) {
            throw new ReferenceException(
                    "no rule is called \"" + start.name() + "\", and a grammar starts there", source.place(0));
        }
        boolean isIndented = LarkIndentation.isAskedFor(definitions);
        LarkTerminals terminals = new LarkTerminals(definitions, patterns, budget);
        Map<String, List<List<String>>> rules = LarkBnf.of(definitions, start, terminals, budget);
        Set<String> ignored = new LinkedHashSet<>();
        for (LarkNode node : definitions.ignored()) {
            ignored.add(terminals.ignored(node, ignored.size()));
        }
        if (isIndented) {
            ignored.remove(LarkIndentation.NEWLINE);
        }
        Building building = new Building(definitions, source, start.name(), rules, terminals.sorted(), ignored, budget);
        return building.grammar(isIndented, isBasic);
    }

    /**
     * What the lexer looks for, and where.
     *
     * @param modes names of terminals
     * @param behind the modes that each terminal may lead to
     * @param rules the rules, whose terminals are named with the mode behind them
     */
    private record Contexts(List<Set<String>> modes, Map<String, Set<Integer>> behind, Grammar rules) {}

    /** One grammar on its way. */
    private static final class Building {

        /** Units of work to compare two terminals. */
        private static final int UNITS_A_PAIR = 6;

        private final LarkDefinitions definitions;
        private final SourceText source;
        private final String start;
        private final Map<String, List<List<String>>> rules;
        private final Map<String, Terminal> terminals = new LinkedHashMap<>();
        private final Map<String, Integer> order = new HashMap<>();
        private final Set<String> ignored;
        private final WorkBudget budget;
        private final TextLanguages languages;
        private final Map<List<String>, Boolean> disturbs = new HashMap<>();
        private final Map<List<String>, Boolean> keywords = new HashMap<>();

        Building(
                LarkDefinitions definitions,
                SourceText source,
                String start,
                Map<String, List<List<String>>> rules,
                List<Terminal> sorted,
                Set<String> ignored,
                WorkBudget budget) {
            this.definitions = definitions;
            this.source = source;
            this.start = start;
            this.rules = rules;
            this.ignored = ignored;
            this.budget = budget;
            for (Terminal terminal : sorted) {
                order.put(terminal.name(), order.size());
                terminals.put(terminal.name(), terminal);
            }
            this.languages =
                    new TextLanguages(sorted.stream().map(Terminal::text).toList(), budget);
        }

        LexedGrammar grammar(boolean isIndented, boolean isBasic) {
            Contexts contexts = isBasic ? single() : byState(isIndented);
            List<List<Token>> modes = new ArrayList<>();
            for (int mode = 0; mode < contexts.modes.size(); mode++) {
                modes.add(tokens(contexts.modes.get(mode), mode, contexts.behind));
            }
            Optional<LexedGrammar.Indentation> indentation =
                    isIndented ? Optional.of(LarkIndentation.of(modes, contexts.behind)) : Optional.empty();
            return new LexedGrammar(modes, Lexing.FIRST, withoutUnfound(contexts.rules, isIndented), indentation);
        }

        /** Rules without terminals that the lexer never hands to the parser: those that are ignored, and those that are only declared. */
        private Grammar withoutUnfound(Grammar grammar, boolean isIndented) {
            Set<String> unfound = LarkIndentation.declared(definitions);
            unfound.removeIf(name -> isIndented && LarkIndentation.isMade(name));
            unfound.addAll(ignored);
            Map<String, Expression> found = new LinkedHashMap<>();
            grammar.rules()
                    .forEach((name, body) -> found.put(
                            name,
                            new Expression.Choice(((Expression.Choice) body)
                                    .alternatives().stream()
                                            .filter(row -> !(row instanceof Expression.Sequence sequence)
                                                    || sequence.items().stream().noneMatch(item -> isOf(item, unfound)))
                                            .toList())));
            return new Grammar(grammar.root(), found);
        }

        private static boolean isOf(Expression item, Set<String> terminals) {
            return item instanceof Expression.RuleReference reference
                    && terminals.contains(reference.name().replaceFirst("@\\d+$", ""));
        }

        /** What the contextual lexer looks for; newlines everywhere if there is indentation. */
        private Contexts byState(boolean isIndented) {
            LrAutomaton parser = new LrAutomaton(rules, start, false, budget);
            parser.conflict(conflict -> conflict.isBetweenRules()
                            || conflict.mayBeEmpty()
                            || (isIndented && LarkIndentation.isMade(conflict.terminal())))
                    .ifPresent(conflict -> {
                        throw refused(conflict);
                    });
            Set<String> always = new LinkedHashSet<>(ignored);
            if (isIndented) {
                always.add(LarkIndentation.NEWLINE);
            }
            LexerContexts contexts = new LexerContexts(
                    parser, rules, this::disturbs, (one, other) -> true, (state, accepted) -> always, budget);
            return new Contexts(contexts.modes(), contexts.behind(), contexts.grammar(start));
        }

        private Contexts single() {
            Map<String, Set<Integer>> behind = new HashMap<>();
            Map<String, Expression> plain = new LinkedHashMap<>();
            rules.forEach((rule, bodies) -> {
                List<Expression> alternatives = new ArrayList<>();
                for (List<String> body : bodies) {
                    List<Expression> items = new ArrayList<>();
                    for (String symbol : body) {
                        boolean isRule = rules.containsKey(symbol);
                        items.add(new Expression.RuleReference(isRule ? symbol : LexerContexts.name(symbol, 0)));
                        if (!isRule) {
                            behind.put(symbol, Set.of(0));
                        }
                    }
                    alternatives.add(new Expression.Sequence(items));
                }
                plain.put(rule, new Expression.Choice(alternatives));
            });
            return new Contexts(List.of(terminals.keySet()), behind, new Grammar(start, plain));
        }

        private RuntimeException refused(LrAutomaton.Conflict conflict) {
            String names = String.join(" and ", conflict.rules());
            Definition first = definitions.all().get(conflict.rules().iterator().next());
            Place place = first == null ? source.place(0) : LarkDefinitions.place(first.spot());
            boolean hasPriority = conflict.rules().stream()
                    .map(definitions.all()::get)
                    .anyMatch(rule -> rule != null && rule.hasPriority());
            return conflict.isBetweenRules() && !hasPriority
                    ? new SyntaxException(
                            "the rules are not LALR(1): before " + conflict.terminal() + ", " + names + " may end",
                            place)
                    : new UnsupportedFeatureException(
                            "LALR(1)",
                            "the rules are not LALR(1): before " + conflict.terminal() + ", " + names
                                    + " may end or go on; Lark takes one of the ways, which cannot be kept exactly",
                            place);
        }

        private boolean disturbs(String other, String name) {
            return disturbs.computeIfAbsent(List.of(other, name), none -> {
                budget.spend(UNITS_A_PAIR);
                if (!terminals.containsKey(other) || !terminals.containsKey(name)) {
                    return false; // made by indentation
                }
                boolean matters = order.getOrDefault(other, 0) < order.getOrDefault(name, 0)
                        || isKeyword(terminal(other), terminal(name))
                        || isKeyword(terminal(name), terminal(other));
                return matters
                        && languages.compares(
                                terminal(other).text(), terminal(name).text());
            });
        }

        private Terminal terminal(String name) {
            Terminal terminal = terminals.get(name);
            if (terminal == null) {
                throw new IllegalStateException(name);
            }
            return terminal;
        }

        /** Whether a string is found whole by a regular expression of the same priority. */
        private boolean isKeyword(Terminal string, Terminal host) {
            return keywords.computeIfAbsent(List.of(string.name(), host.name()), none -> {
                if (!string.pattern().isString() || host.pattern().isString() || string.priority() != host.priority()) {
                    return false;
                }
                String value = string.pattern().value();
                return FirstMatch.length(host.text(), value, budget) == value.codePointCount(0, value.length());
            });
        }

        /** Whether a keyword is not looked for by itself. */
        private boolean isEmbedded(Terminal string, Terminal host) {
            Set<Integer> flags = new HashSet<>();
            host.pattern().flags().chars().forEach(flags::add);
            return isKeyword(string, host) && string.pattern().flags().chars().allMatch(flags::contains);
        }

        private List<Token> tokens(Set<String> names, int mode, Map<String, Set<Integer>> behind) {
            List<Terminal> sorted = terminals.values().stream()
                    .filter(terminal -> names.contains(terminal.name()))
                    .toList();
            List<Token> tokens = new ArrayList<>();
            for (Terminal terminal : sorted) {
                if (sorted.stream().noneMatch(host -> isEmbedded(terminal, host))) {
                    boolean isSkipped = ignored.contains(terminal.name());
                    List<Token> found = new ArrayList<>();
                    for (Terminal other : sorted) {
                        if (isKeyword(other, terminal)) {
                            found.addAll(copies(other, isSkipped, mode, behind, List.of()));
                        }
                    }
                    tokens.addAll(copies(terminal, isSkipped, mode, behind, found));
                }
            }
            return tokens;
        }

        /** A terminal, once for each mode that it may lead to. */
        private List<Token> copies(
                Terminal terminal,
                boolean isSkipped,
                int mode,
                Map<String, Set<Integer>> behind,
                List<Token> keywords) {
            Expression text = terminal.text();
            if (isSkipped) {
                return List.of(new Token(terminal.name(), text, true, mode));
            }
            Set<Integer> nexts = behind.getOrDefault(terminal.name(), Set.of(mode));
            return nexts.stream()
                    .map(next -> new Token(LexerContexts.name(terminal.name(), next), text, false, next, keywords))
                    .toList();
        }
    }
}
