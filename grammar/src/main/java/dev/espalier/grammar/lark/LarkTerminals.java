// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkNode.Name;
import dev.espalier.grammar.lark.LarkNode.Spot;
import dev.espalier.grammar.regex.PatternDialect;
import dev.espalier.grammar.regex.PatternExpressions;
import dev.espalier.grammar.regex.PatternReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The terminals of a grammar, as Lark makes them: those with names, and strings and regular expressions in rules, which get names. */
final class LarkTerminals implements LarkBnf.Symbols {

    private static final String NAMES =
            ".DOT,COMMA:COLON;SEMICOLON+PLUS-MINUS*STAR/SLASH\\BACKSLASH|VBAR?QMARK!BANG@AT#HASH$DOLLAR%PERCENT^CIRCUMFLEX&AMPERSAND"
                    + "_UNDERSCORE<LESSTHAN>MORETHAN=EQUAL\"DBLQUOTE'QUOTE`BACKQUOTE~TILDE(LPAR)RPAR{LBRACE}RBRACE[LSQB]RSQB\nNEWLINE\tTAB SPACE";

    private final LarkDefinitions definitions;
    private final PatternReader reader;
    private final WorkBudget budget;
    private final Map<String, Terminal> terminals = new LinkedHashMap<>();
    private final Map<LarkPattern, String> byPattern = new HashMap<>();
    private final Set<String> declared;
    private final Set<String> resolving = new LinkedHashSet<>();
    private final Map<String, LarkPattern> resolved = new HashMap<>();
    private int unnamed;

    /**
     * A terminal.
     *
     * @param width the least and greatest number of characters
     * @param text what it may be
     */
    record Terminal(String name, LarkPattern pattern, int priority, long[] width, Expression text) {

        /** The order in which Lark tries terminals. */
        static final Comparator<Terminal> ORDER = Comparator.<Terminal>comparingInt(terminal -> -terminal.priority)
                .thenComparing(terminal -> -terminal.width[1])
                .thenComparing(terminal -> -terminal.pattern.length())
                .thenComparing(Terminal::name);
    }

    /** The terminals of a grammar. */
    LarkTerminals(LarkDefinitions definitions, PatternReader reader, WorkBudget budget) {
        this.definitions = definitions;
        this.declared = LarkIndentation.declared(definitions);
        this.reader = reader;
        this.budget = budget;
        for (Definition definition : definitions.all().values()) {
            if (definition.isTerminal()) {
                LarkPattern pattern = byPattern(definition);
                byPattern.putIfAbsent(pattern, definition.name());
            }
        }
    }

    private LarkPattern byPattern(Definition definition) {
        LarkPattern known = resolved.get(definition.name());
        if (known != null) {
            return known;
        }
        Spot spot = definition.spot();
        if (!definition.parameters().isEmpty()) {
            throw spot.source().error("a terminal has no parameters", spot.offset());
        } else if (!resolving.add(definition.name())) {
            throw spot.source().error("the terminal \"" + definition.name() + "\" contains itself", spot.offset());
        }
        LarkPattern pattern = pattern(definition.body(), definition);
        resolving.remove(definition.name());
        resolved.put(definition.name(), pattern);
        return pattern;
    }

    private LarkPattern pattern(LarkNode node, Definition definition) {
        if (node instanceof LarkNode.Sequence sequence) {
            List<LarkPattern> parts = sequence.items().stream()
                    .map(item -> pattern(item, definition))
                    .toList();
            return parts.size() == 1
                    ? parts.get(0)
                    : parts.isEmpty() ? LarkPattern.of(true, "", "") : LarkPattern.joined(parts);
        } else if (node instanceof LarkNode.Choice choice) {
            return choice(
                    choice.alternatives().stream()
                            .map(item -> pattern(item, definition))
                            .toList(),
                    definition);
        } else if (node instanceof LarkNode.Maybe maybe) {
            return pattern(maybe.item(), definition).repeated("?");
        } else if (node instanceof LarkNode.Repeat repeat) {
            String operator = repeat.operator() != '~'
                    ? Character.toString(repeat.operator())
                    : repeat.min() == repeat.max()
                            ? "{" + repeat.min() + "}"
                            : "{" + repeat.min() + "," + repeat.max() + "}";
            return pattern(repeat.item(), definition).repeated(operator);
        } else if (node instanceof Name name) {
            if (!name.isTerminal()) {
                throw name.spot()
                        .source()
                        .error("a terminal contains no rules", name.spot().offset());
            }
            return byPattern(definitions.get(name));
        }
        return literal(node, definition.spot());
    }

    private LarkPattern choice(List<LarkPattern> alternatives, Definition definition) {
        if (alternatives.size() == 1) {
            return alternatives.get(0);
        }
        record Sized(LarkPattern pattern, long[] width) {}
        List<LarkPattern> sorted = alternatives.stream()
                .map(pattern -> new Sized(pattern, pattern.width(reader, definition.name(), budget)))
                .sorted(Comparator.<Sized>comparingLong(sized -> -sized.width[1])
                        .thenComparing(sized -> -sized.width[0])
                        .thenComparing(sized -> -sized.pattern.length()))
                .map(Sized::pattern)
                .toList();
        return LarkPattern.choice(sorted);
    }

    /** A string, a range of characters or a regular expression. */
    private static LarkPattern literal(LarkNode node, Spot place) {
        if (node instanceof LarkNode.Text text) {
            int end = text.written().lastIndexOf('"');
            String value = PythonString.evaluated(text.written().substring(1, end), text.spot())
                    .replace("\\\\", "\\");
            checkNotEmpty(value, text.spot());
            return LarkPattern.of(true, value, text.written().substring(end + 1));
        } else if (node instanceof LarkNode.Range range) {
            return LarkPattern.of(
                    false, "[" + end(range.first(), range.spot()) + "-" + end(range.last(), range.spot()) + "]", "");
        } else if (node instanceof LarkNode.Pattern pattern) {
            return expression(pattern);
        } else if (node instanceof LarkNode.Common common) {
            return new LarkPattern(false, common.regex(), "", common.length());
        }
        throw place.source().error("this cannot stand in a terminal", place.offset());
    }

    private static String end(String written, Spot spot) {
        String inner = written.substring(1, written.lastIndexOf('"'));
        String value = PythonString.evaluated(inner, spot);
        if (value.codePointCount(0, value.length()) != 1) {
            throw spot.source().error("the ends of a range are one character each", spot.offset());
        }
        return inner;
    }

    private static void checkNotEmpty(String value, Spot spot) {
        if (value.isEmpty()) {
            throw spot.source().error("a terminal cannot be empty", spot.offset());
        }
    }

    private static LarkPattern expression(LarkNode.Pattern node) {
        Spot spot = node.spot();
        int end = node.written().lastIndexOf('/');
        String flags = node.written().substring(end + 1);
        String value = PythonString.evaluated(node.written().substring(1, end), spot);
        checkNotEmpty(value, spot);
        if (flags.indexOf('l') >= 0) {
            throw new UnsupportedFeatureException("l", "the flag \"l\" is for bytes", LarkDefinitions.place(spot));
        } else if (node.written().indexOf('\n') >= 0 && flags.indexOf('x') < 0) {
            throw spot.source().error("only a regular expression with the flag \"x\" has several lines", spot.offset());
        }
        StringBuilder unique = new StringBuilder();
        flags.chars().distinct().forEach(flag -> unique.append((char) flag));
        if (flags.indexOf('x') < 0) {
            return LarkPattern.of(false, value, unique.toString());
        }
        // blanks and comments say nothing; the flag is left out with them, but counts
        String plain = VerbosePattern.plain(value);
        int length = value.codePointCount(0, value.length());
        return new LarkPattern(false, plain, unique.toString().replace("x", ""), length + 5);
    }

    @Override
    public boolean mayBeEmpty(String name) {
        return false;
    }

    @Override
    public boolean isTerminal(Name rule) {
        return false;
    }

    @Override
    public String name(LarkNode node) {
        if (node instanceof Name made && declared.contains(made.name())) {
            return made.name();
        } else if (node instanceof Name name) {
            Definition definition = definitions.get(name);
            Terminal unused = terminals.computeIfAbsent(
                    name.name(),
                    none -> terminal(name.name(), byPattern(definition), definition.priority(), definition.spot()));
            return name.name();
        }
        Spot spot = spot(node);
        LarkPattern pattern = literal(node, spot);
        String known = byPattern.get(pattern);
        if (known == null) {
            known = newName(pattern);
            byPattern.put(pattern, known);
        }
        Definition definition = definitions.all().get(known);
        String name = known;
        Terminal unused = terminals.computeIfAbsent(
                name, none -> terminal(name, pattern, definition == null ? 0 : definition.priority(), spot));
        return name;
    }

    /** The name of a terminal that is skipped. */
    String ignored(LarkNode node, int number) {
        if (node instanceof Name name && name.isTerminal()) {
            return name(name);
        }
        String name = "__IGNORE_" + number;
        Definition definition =
                new Definition(LarkFile.Kind.NEW, name, "", List.of(), 0, false, Map.of(), node, spot(node));
        terminals.put(name, terminal(name, pattern(node, definition), 0, definition.spot()));
        return name;
    }

    private static Spot spot(LarkNode node) {
        if (node instanceof LarkNode.Text text) {
            return text.spot();
        } else if (node instanceof LarkNode.Range range) {
            return range.spot();
        } else if (node instanceof LarkNode.Pattern pattern) {
            return pattern.spot();
        } else if (node instanceof Name name) {
            return name.spot();
        } else if (node instanceof LarkNode.Special special) {
            return special.spot();
        } else if (node instanceof LarkNode.Block block) {
            return block.spot();
        } else if (node instanceof LarkNode.Repeat repeat) {
            return spot(repeat.item());
        } else if (node instanceof LarkNode.Sequence sequence
                && !sequence.items().isEmpty()) {
            return spot(sequence.items().get(0));
        } else if (node instanceof LarkNode.Choice choice) {
            return spot(choice.alternatives().get(0));
        } else if (node instanceof LarkNode.Maybe maybe) {
            return spot(maybe.item());
        }
        return new Spot(dev.espalier.grammar.source.SourceText.pattern("", "", dev.espalier.core.Limits.DEFAULT), 0);
    }

    private String newName(LarkPattern pattern) {
        String name = "";
        if (pattern.isString()) {
            String value = pattern.value();
            int at = value.length() == 1 && !Character.isUpperCase(value.charAt(0)) ? NAMES.indexOf(value) : -1;
            if (value.equals("\r\n")) {
                name = "CRLF";
            } else if (at >= 0) {
                int end = at + 1;
                while (end < NAMES.length() && Character.isUpperCase(NAMES.charAt(end))) {
                    end++;
                }
                name = NAMES.substring(at + 1, end);
            } else if (isIdentifier(value)) {
                name = value.toUpperCase(java.util.Locale.ROOT);
            }
        }
        boolean taken = terminals.containsKey(name) || definitions.all().containsKey(name);
        return name.isEmpty() || taken ? "__ANON_" + unnamed++ : name;
    }

    private static boolean isIdentifier(String value) {
        return value.codePoints()
                        .allMatch(c -> c == '_'
                                || Character.isLetterOrDigit(c)
                                || Character.getType(c) == Character.NON_SPACING_MARK)
                && !Character.isDigit(value.codePointAt(0));
    }

    private Terminal terminal(String name, LarkPattern pattern, int priority, Spot spot) {
        Place place = LarkDefinitions.place(spot);
        try {
            long[] width = pattern.width(reader, name, budget);
            if (width[0] == 0) {
                throw spot.source().error("the terminal " + name + " may be empty", spot.offset());
            }
            Expression text = pattern.isString() && pattern.flags().isEmpty()
                    ? Expression.Literal.of(pattern.value())
                    : new PatternExpressions(PatternDialect.PYTHON, name, place)
                            .expression(reader.tree(name, pattern.regex(), budget));
            return new Terminal(name, pattern, priority, width, text);
        } catch (UnsupportedFeatureException e) {
            throw e.place().source().equals(name)
                    ? new UnsupportedFeatureException(
                            e.feature(),
                            "the terminal " + name + " has a regular expression that is not supported: "
                                    + e.getMessage(),
                            place)
                    : e;
        } catch (SyntaxException e) {
            throw e.place().source().equals(name)
                    ? spot.source()
                            .error(
                                    "the terminal " + name + " has a malformed regular expression: " + e.getMessage(),
                                    spot.offset())
                    : e;
        }
    }

    /** The terminals that were named, in the order in which Lark tries them. */
    List<Terminal> sorted() {
        List<Terminal> all = new ArrayList<>(terminals.values());
        all.sort(Terminal.ORDER);
        return all;
    }
}
