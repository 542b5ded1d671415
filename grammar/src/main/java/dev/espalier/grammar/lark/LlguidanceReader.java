// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.LexedGrammar.Lexing;
import dev.espalier.grammar.LexedGrammar.Token;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkNode.Name;
import dev.espalier.grammar.lark.LlguidanceTerminals.Terminal;
import dev.espalier.grammar.regex.PatternDialect;
import dev.espalier.grammar.regex.PatternReader;
import dev.espalier.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads grammar files of Lark as llguidance does.
 *
 * <p>The lexer takes the longest text that any terminal has that can come next, and never goes back. It looks for the terminals that the rules allow behind the text so far;
 * so the rules must be LR(1). Special tokens, schemas, and names that stand for frames are {@linkplain LexedGrammar.Token#isPart() parts}. Captures and temperatures say
 * nothing of the language. Refused by name: rules with parameters, {@code max_tokens}, {@code stop}, other grammars, {@code %declare}, {@code %override}, priorities and templates. Thread-safe.
 */
public final class LlguidanceReader implements GrammarReader<LexedGrammar> {

    private static final String SKIPPED = " ";
    private static final Expression MORE =
            new Expression.Repeat(new CharacterClass(CodePoints.ALL), 1, Expression.UNBOUNDED);

    private final LarkSyntax syntax = new LarkSyntax();
    private final PatternReader patterns = new PatternReader(PatternDialect.RUST);

    @Override
    public LexedGrammar read(String sourceName, byte[] utf8, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(sourceName, utf8, budget.limits()), options, budget);
    }

    @Override
    public LexedGrammar read(String text, GrammarOptions options, WorkBudget budget) {
        return read(SourceText.file(text, budget.limits()), options, budget);
    }

    private LexedGrammar read(SourceText source, GrammarOptions options, WorkBudget budget) {
        LarkDefinitions definitions = new LarkDefinitions(new LarkImports(syntax, budget));
        definitions.add(syntax.file(source, true, budget), null, null);
        definitions.declared().forEach(declare -> {
            throw new UnsupportedFeatureException(
                    "%declare", "nothing defines what is only declared", LarkDefinitions.place(declare.spot()));
        });
        definitions.all().values().forEach(LlguidanceReader::check);
        LlguidanceTerminals terminals = new LlguidanceTerminals(definitions, patterns, options.frames(), budget);
        Name start = new Name(options.root().orElse("start"), List.of(), new LarkNode.Spot(source, 0));
        if (!definitions.all().containsKey(start.name())) {
            throw new ReferenceException(
                    "no rule is called \"" + start.name() + "\", and a grammar starts there", source.place(0));
        }
        Map<String, List<List<String>>> rules = LarkBnf.of(definitions, start, terminals, budget);
        if (!terminals.unnamed().isEmpty()) {
            throw new ReferenceException(
                    "no rule names \"" + terminals.unnamed().iterator().next()
                            + "\", which is supplied beside the grammar",
                    source.place(0));
        }
        Settings settings = Settings.of(definitions.settings());
        return new Building(source, start.name(), definitions, terminals, rules, settings, budget).grammar();
    }

    private static void check(Definition definition) {
        String feature = "";
        if (!definition.parameters().isEmpty()) {
            feature = "templates";
        } else if (definition.hasPriority()) {
            feature = "priorities";
        } else if (definition.kind() != LarkFile.Kind.NEW) {
            feature = "%override and %extend";
        } else if (definition.attributes().containsKey("max_tokens")) {
            feature = "max_tokens";
        } else if (definition.attributes().containsKey("stop")) {
            feature = "stop";
        }
        if (!feature.isEmpty()) {
            throw new UnsupportedFeatureException(
                    feature,
                    "\"" + definition.name() + "\" has " + feature + ", which cannot be kept exactly",
                    LarkDefinitions.place(definition.spot()));
        }
        Set<String> known = Set.of("capture", "lazy", "suffix", "temperature", "stop_capture");
        definition.attributes().keySet().forEach(attribute -> {
            if (!known.contains(attribute)) {
                throw definition
                        .spot()
                        .source()
                        .error(
                                "there is no attribute \"" + attribute + "\"",
                                definition.spot().offset());
            }
        });
    }

    /** What {@code %llguidance} says of the language. */
    private record Settings(boolean skipsFirst, boolean skipsOnce) {

        static Settings of(List<LarkFile.Settings> all) {
            boolean first = false;
            boolean once = false;
            for (LarkFile.Settings settings : all) {
                String json = settings.json().replaceAll("\\s", "");
                if (!json.matches("\\{(\"(no_forcing|allow_initial_skip|ignore_once)\":(true|false),?)*\\}")) {
                    throw new UnsupportedFeatureException(
                            "%llguidance",
                            "only the options no_forcing, allow_initial_skip and ignore_once are supported",
                            LarkDefinitions.place(settings.spot()));
                }
                first |= json.contains("\"allow_initial_skip\":true");
                once |= json.contains("\"ignore_once\":true");
            }
            return new Settings(first, once);
        }
    }

    /** One grammar on its way. */
    private static final class Building {

        private final SourceText source;
        private final String start;
        private final Map<String, List<List<String>>> rules;
        private final Settings settings;
        private final WorkBudget budget;
        private final Map<String, Terminal> terminals;
        private final TextLanguages languages;
        private final Map<List<String>, Boolean> prolongs = new HashMap<>();

        Building(
                SourceText source,
                String start,
                LarkDefinitions definitions,
                LlguidanceTerminals terminals,
                Map<String, List<List<String>>> rules,
                Settings settings,
                WorkBudget budget) {
            this.source = source;
            this.start = start;
            this.rules = rules;
            this.settings = settings;
            this.budget = budget;
            this.terminals = new LinkedHashMap<>(terminals.all());
            List<Expression> ignored =
                    definitions.ignored().stream().map(terminals::expression).toList();
            if (!ignored.isEmpty()) {
                Expression any = new Difference(new Expression.Choice(ignored), Expression.EMPTY);
                this.terminals.put(SKIPPED, new Terminal(any, false, false));
            }
            this.languages = new TextLanguages(
                    this.terminals.values().stream()
                            .filter(terminal -> !terminal.isPart())
                            .map(Terminal::text)
                            .toList(),
                    budget);
            if (settings.skipsOnce && this.terminals.containsKey(SKIPPED)) {
                throw new UnsupportedFeatureException("ignore_once", "ignore_once is not supported", source.place(0));
            }
        }

        private long frames(Set<String> names) {
            return names.stream().filter(name -> terminal(name).isFrame()).count();
        }

        private Terminal terminal(String name) {
            return Objects.requireNonNull(terminals.get(name));
        }

        private boolean prolongs(String text, String longer) {
            return !terminal(text).isPart()
                    && !terminal(longer).isPart()
                    && prolongs.computeIfAbsent(
                            List.of(text, longer),
                            none -> languages.prolongs(
                                    terminal(text).text(), terminal(longer).text()));
        }

        LexedGrammar grammar() {
            LrAutomaton parser = new LrAutomaton(rules, start, true, budget);
            parser.conflict(any -> true).ifPresent(conflict -> {
                throw new UnsupportedFeatureException(
                        "LR(1)",
                        "the rules are not LR(1): where " + String.join(" or ", conflict.rules()) + " ends, "
                                + conflict.terminal()
                                + " leaves open how to go on, and with it which terminals are looked for",
                        source.place(0));
            });
            LexerContexts contexts = new LexerContexts(
                    parser,
                    rules,
                    (other, name) -> prolongs(name, other) || terminal(other).isLazy(),
                    (one, other) ->
                            one.contains(SKIPPED) == other.contains(SKIPPED) && frames(one) + frames(other) == 0,
                    (state, accepted) -> isSkipping(state, accepted) ? Set.of(SKIPPED) : Set.of(),
                    budget);
            Map<String, Set<Integer>> behind = contexts.behind();
            checkAlternatives(parser, behind);
            List<List<Token>> modes = new ArrayList<>();
            for (int mode = 0; mode < contexts.modes().size(); mode++) {
                modes.add(tokens(contexts.modes().get(mode), mode, behind));
            }
            return new LexedGrammar(modes, Lexing.COMMITTED, contexts.grammar(start));
        }

        /** Blanks may stand where a terminal may follow, but not at the beginning. */
        private boolean isSkipping(int state, Set<String> accepted) {
            long frames = frames(accepted);
            if (terminals.containsKey(SKIPPED) && frames > 0 && frames < accepted.size()) {
                throw new UnsupportedFeatureException(
                        "%ignore",
                        "where a schema or other terminals may come, it is not said what %ignore means",
                        source.place(0));
            }
            return terminals.containsKey(SKIPPED)
                    && !accepted.isEmpty()
                    && frames == 0
                    && (state > 0 || settings.skipsFirst);
        }

        /** Terminals that may be the same text where both can come have to lead to the same place, since llguidance follows both. */
        private void checkAlternatives(LrAutomaton parser, Map<String, Set<Integer>> behind) {
            Set<List<String>> seen = new LinkedHashSet<>();
            for (int state = 0; state < parser.states(); state++) {
                List<String> accepted = new ArrayList<>(parser.accepts(state));
                if (isSkipping(state, parser.accepts(state))) {
                    accepted.add(SKIPPED);
                }
                for (String one : accepted) {
                    for (String other : accepted) {
                        if (one.compareTo(other) < 0 && seen.add(List.of(one, other))) {
                            check(one, other, behind);
                        }
                    }
                }
            }
        }

        private void check(String one, String other, Map<String, Set<Integer>> behind) {
            Set<Integer> modes = new LinkedHashSet<>(behind.getOrDefault(one, Set.of()));
            modes.addAll(behind.getOrDefault(other, Set.of()));
            boolean matters = modes.size() > 1 || one.equals(SKIPPED) || other.equals(SKIPPED);
            boolean areTexts = !terminal(one).isPart() && !terminal(other).isPart();
            if (matters
                    && areTexts
                    && languages.meets(terminal(one).text(), terminal(other).text())) {
                throw new UnsupportedFeatureException(
                        "ambiguous terminals",
                        "the same text may be " + one + " or " + other + " here, and what may follow differs",
                        source.place(0));
            }
        }

        private List<Token> tokens(Set<String> names, int mode, Map<String, Set<Integer>> behind) {
            List<Token> tokens = new ArrayList<>();
            for (String name : names) {
                Expression text = terminal(name).text();
                if (terminal(name).isPart()) {
                    for (int next : behind.getOrDefault(name, Set.of())) {
                        terminal(name)
                                .parts()
                                .forEach(part ->
                                        tokens.add(new Token(LexerContexts.name(name, next), part, false, next)));
                    }
                    continue;
                }
                for (String other : names) {
                    boolean cut = terminal(other).isLazy() && !other.equals(name) && prolongs(other, name);
                    text = cut
                            ? new Difference(
                                    text, Expression.Sequence.of(terminal(other).text(), MORE))
                            : text;
                }
                if (name.equals(SKIPPED)) {
                    tokens.add(new Token(SKIPPED, text, true, mode));
                    continue;
                }
                for (int next : behind.getOrDefault(name, Set.of())) {
                    tokens.add(new Token(LexerContexts.name(name, next), text, false, next));
                }
            }
            return tokens;
        }
    }
}
