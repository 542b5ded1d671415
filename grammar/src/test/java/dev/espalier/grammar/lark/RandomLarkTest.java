// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.LexedGrammar.Token;
import dev.espalier.grammar.regex.PatternDialect;
import dev.espalier.grammar.regex.PatternReader;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Random grammar files of Lark, by two slow ways: a parser that keeps a stack of states and asks its lexer for the terminals that the state on top accepts, and the modes and
 * rules that {@link LarkReader} makes of the file. Both search by {@link java.util.regex}.
 */
class RandomLarkTest {

    private static final String ALPHABET = "ab +";
    private static final int LONGEST = 5;

    /** Terminals of Lark in the order in which it tries them, with what they find; keywords are found by NAME. */
    private record Terminal(String name, String written, String regex, boolean isString) {}

    private static final List<Terminal> TERMINALS = List.of(
            new Terminal("NAME", "/[ab]+/", "[ab]+", false),
            new Terminal("SOME", "/[ab+]+?/", "[ab+]+?", false),
            new Terminal("SIGNS", "/a?[+]/", "a?[+]", false),
            new Terminal("KEY", "\"ab\"", "ab", true),
            new Terminal("TWO", "\"++\"", "\\+\\+", true),
            new Terminal("LETTER", "\"a\"", "a", true),
            new Terminal("PLUS", "\"+\"", "\\+", true));

    /** Lark's order of the same: by width, length of the expression, name. */
    private static final List<String> ORDER = List.of("SOME", "NAME", "SIGNS", "KEY", "TWO", "LETTER", "PLUS");

    private final Random[] random = new Random[1];

    /** A parser with a stack, and a lexer that asks it. */
    private record Contextual(LrAutomaton parser) {

        boolean accepts(String text) {
            Deque<Integer> stack = new ArrayDeque<>(List.of(0));
            int at = 0;
            while (at < text.length()) {
                String[] found = next(text, at, parser.accepts(stack.element()));
                if (found.length == 0) {
                    return false;
                }
                at += found[1].length();
                if (!found[0].equals("BLANK") && !shift(stack, found[0])) {
                    return false;
                }
            }
            return reduce(stack, LrAutomaton.END);
        }

        /** Reduces what a terminal ends; whether that is the whole text. */
        private boolean reduce(Deque<Integer> stack, String terminal) {
            while (true) {
                Set<LrAutomaton.Reduction> all =
                        parser.reductions(stack.element()).getOrDefault(terminal, Set.of());
                if (all.isEmpty() || parser.shifts(stack.element()).contains(terminal)) {
                    return false;
                }
                LrAutomaton.Reduction reduction = all.iterator().next();
                if (reduction.rule().equals(LrAutomaton.GOAL)) {
                    return true;
                }
                reduction.body().forEach(symbol -> stack.pop());
                stack.push(parser.next(stack.element(), reduction.rule()));
            }
        }

        private boolean shift(Deque<Integer> stack, String terminal) {
            boolean whole = reduce(stack, terminal);
            boolean shifts = !whole && parser.shifts(stack.element()).contains(terminal);
            if (shifts) {
                stack.push(parser.next(stack.element(), terminal));
            }
            return shifts;
        }

        private static String[] next(String text, int at, Set<String> accepted) {
            for (String name : ORDER) {
                Terminal terminal = TERMINALS.stream()
                        .filter(one -> one.name.equals(name))
                        .findFirst()
                        .orElseThrow();
                if (!accepted.contains(name) || isEmbedded(terminal, accepted)) {
                    continue;
                }
                Matcher matcher = Pattern.compile(terminal.regex).matcher(text).region(at, text.length());
                if (matcher.lookingAt()) {
                    String found = matcher.group();
                    return new String[] {renamed(terminal, found, accepted), found};
                }
            }
            return text.charAt(at) == ' ' ? new String[] {"BLANK", " "} : new String[0];
        }

        private static boolean finds(Terminal host, String value) {
            Matcher matcher = Pattern.compile(host.regex).matcher(value);
            return matcher.lookingAt() && matcher.group().equals(value);
        }

        private static String value(Terminal string) {
            return string.regex.replace("\\", "");
        }

        private static boolean isEmbedded(Terminal string, Set<String> accepted) {
            return string.isString
                    && TERMINALS.stream()
                            .anyMatch(host ->
                                    !host.isString && accepted.contains(host.name) && finds(host, value(string)));
        }

        private static String renamed(Terminal host, String found, Set<String> accepted) {
            return TERMINALS.stream()
                    .filter(other -> !host.isString
                            && other.isString
                            && accepted.contains(other.name)
                            && value(other).equals(found)
                            && finds(host, found))
                    .map(Terminal::name)
                    .findFirst()
                    .orElse(host.name);
        }
    }

    /** The modes and rules of a grammar of tokens, with names as letters. */
    private static final class Modes {

        private final LexedGrammar grammar;
        private final List<String> names;
        private final SlowRecognizer sentences;
        private final Map<Expression, Pattern> patterns = new HashMap<>();

        Modes(LexedGrammar grammar) {
            this.grammar = grammar;
            this.names = grammar.modes().stream()
                    .flatMap(mode -> LexedGrammar.withKeywords(mode).stream())
                    .map(Token::name)
                    .distinct()
                    .toList();
            Map<String, Expression> rules = new LinkedHashMap<>();
            grammar.rules().rules().forEach((name, body) -> rules.put(name, marked(body)));
            names.forEach(name -> rules.put(name, Expression.Literal.of(letter(name))));
            this.sentences = new SlowRecognizer(new Grammar(grammar.rules().root(), rules));
        }

        private String letter(String name) {
            return Character.toString('A' + names.indexOf(name));
        }

        /** What is read where a rule asks that a token come next; -1 stands for the end of the text. */
        private static int mark(int token) {
            return 2 + token;
        }

        /** A rule that reads a mark of what may come next where it asks. */
        private Expression marked(Expression body) {
            if (body instanceof Expression.Sequence sequence) {
                return new Expression.Sequence(
                        sequence.items().stream().map(this::marked).toList());
            } else if (body instanceof Expression.Choice choice) {
                return new Expression.Choice(
                        choice.alternatives().stream().map(this::marked).toList());
            } else if (body instanceof Expression.Look look) {
                CodePoints all = CodePoints.range(mark(-1), mark(names.size() - 1));
                for (Expression token : ((Expression.Choice) look.body()).alternatives()) {
                    all = all.minus(CodePoints.of(mark(names.indexOf(((Expression.RuleReference) token).name()))));
                }
                return new Expression.CharacterClass(all);
            }
            return body;
        }

        /** The columns behind any number of marks. */
        private static List<Column> behindMarks(Column column, int token) {
            List<Column> columns = new ArrayList<>();
            for (Column next = column; next.isLive(); next = next.advance(mark(token))) {
                columns.add(next);
            }
            return columns;
        }

        boolean accepts(String text) {
            return accepts(text, 0, 0, sentences.start());
        }

        private boolean accepts(String text, int at, int mode, Column column) {
            if (at == text.length()) {
                return behindMarks(column, -1).stream().anyMatch(Column::isAccepting);
            }
            for (Token token : grammar.modes().get(mode)) {
                Matcher matcher = pattern(token).matcher(text).region(at, text.length());
                if (matcher.lookingAt()) {
                    return alternatives(grammar.modes().get(mode), token, matcher.group()).stream()
                            .anyMatch(one -> one.isSkipped()
                                    ? accepts(text, matcher.end(), one.next(), column)
                                    : behindMarks(column, names.indexOf(one.name())).stream()
                                            .map(behind -> behind.advance(
                                                    letter(one.name()).codePointAt(0)))
                                            .anyMatch(behind -> accepts(text, matcher.end(), one.next(), behind)));
                }
            }
            return false;
        }

        private List<Token> alternatives(List<Token> mode, Token found, String text) {
            List<Token> keywords = found.keywords().stream()
                    .filter(keyword -> pattern(keyword).matcher(text).matches())
                    .toList();
            List<Token> from = keywords.isEmpty() ? mode : keywords;
            Token first = keywords.isEmpty() ? found : keywords.get(0);
            return from.stream()
                    .filter(other -> other.text().equals(first.text()))
                    .toList();
        }

        private Pattern pattern(Token token) {
            return patterns.computeIfAbsent(token.text(), text -> Pattern.compile(regex(text)));
        }

        private static String regex(Expression text) {
            if (text instanceof Expression.Literal literal) {
                return Pattern.quote(literal.bytes().toUtf8());
            } else if (text instanceof Expression.CharacterClass set) {
                StringBuilder members = new StringBuilder("[");
                for (int i = 0; i < set.members().rangeCount(); i++) {
                    members.append(String.format(
                            "\\x{%x}-\\x{%x}",
                            set.members().first(i), set.members().last(i)));
                }
                return members.append(']').toString();
            } else if (text instanceof Expression.Repeat repeat) {
                String most = repeat.max() < 0 ? "" : String.valueOf(repeat.max());
                return "(?:" + regex(repeat.item()) + "){" + repeat.min() + "," + most + "}"
                        + (repeat.isLazy() ? "?" : "");
            }
            StringBuilder all = new StringBuilder();
            ((Expression.Sequence) text).items().forEach(item -> all.append(regex(item)));
            return all.toString();
        }
    }

    @RandomTrials(400)
    void contextsAreModes(long seed) {
        random[0] = new Random(seed);
        List<Terminal> used = new ArrayList<>(TERMINALS);
        while (used.size() > 4) {
            used.remove(random[0].nextInt(used.size()));
        }
        StringBuilder file = new StringBuilder();
        used.forEach(terminal ->
                file.append(terminal.name).append(": ").append(terminal.written).append('\n'));
        List<String> rules = List.of("start", "r", "s").subList(0, 1 + random[0].nextInt(3));
        rules.forEach(rule ->
                file.append(rule).append(": ").append(choice(rules, used, 2)).append('\n'));
        String text = file.append("%ignore \" \"\n").toString();
        LexedGrammar grammar;
        try {
            grammar = new LarkReader().read(text);
        } catch (UnsupportedFeatureException | SyntaxException notLalr) {
            return;
        }
        compare(text, grammar);
    }

    private static void compare(String file, LexedGrammar grammar) {
        Contextual slow = new Contextual(new LrAutomaton(rules(file), "start", false, WorkBudget.standard()));
        Modes modes = new Modes(grammar);
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; texts.get(i).length() < LONGEST; i++) {
            for (char c : ALPHABET.toCharArray()) {
                texts.add(texts.get(i) + c);
            }
        }
        for (String text : texts) {
            assertEquals(slow.accepts(text), modes.accepts(text), () -> "\"" + text + "\" of\n" + file);
        }
    }

    private static Map<String, List<List<String>>> rules(String file) {
        WorkBudget budget = WorkBudget.standard();
        LarkSyntax syntax = new LarkSyntax();
        SourceText source = SourceText.file(file, budget.limits());
        LarkDefinitions definitions = new LarkDefinitions(new LarkImports(syntax, budget));
        definitions.add(syntax.file(source, false, budget), null, null);
        LarkTerminals terminals = new LarkTerminals(definitions, new PatternReader(PatternDialect.PYTHON), budget);
        LarkNode.Name start = new LarkNode.Name("start", List.of(), new LarkNode.Spot(source, 0));
        return LarkBnf.of(definitions, start, terminals, budget);
    }

    private String choice(List<String> rules, List<Terminal> used, int depth) {
        String first = sequence(rules, used, depth);
        return random[0].nextBoolean() ? first : first + " | " + sequence(rules, used, depth);
    }

    private String sequence(List<String> rules, List<Terminal> used, int depth) {
        StringBuilder items = new StringBuilder();
        for (int i = random[0].nextInt(3); i >= 0; i--) {
            items.append(item(rules, used, depth)).append(' ');
        }
        return items.toString();
    }

    private String item(List<String> rules, List<Terminal> used, int depth) {
        return switch (random[0].nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> rules.get(random[0].nextInt(rules.size()));
            case 6 -> "(" + choice(rules, used, depth - 1) + ")*";
            case 7 -> "[" + choice(rules, used, depth - 1) + "]";
            case 8 -> "(" + choice(rules, used, depth - 1) + ")+";
            default -> used.get(random[0].nextInt(used.size())).name;
        };
    }
}
