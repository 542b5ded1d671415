// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.CharacterClass;
import dev.espalier.grammar.Expression.Difference;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkNode.Name;
import dev.espalier.grammar.lark.LarkNode.Spot;
import dev.espalier.grammar.regex.PatternExpressions;
import dev.espalier.grammar.regex.PatternReader;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The terminals of a grammar, as llguidance makes them: languages of texts, which may be combined by {@code &} and {@code ~}. */
final class LlguidanceTerminals implements LarkBnf.Symbols {

    /** The rule of one terminal that is lazy ends as soon as it can. */
    record Terminal(Expression text, boolean isLazy) {}

    private static final Expression ANYTHING = new Repeat(new CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED);

    private final LarkDefinitions definitions;
    private final PatternReader reader;
    private final WorkBudget budget;
    private final PlainAlgebra algebra = new PlainAlgebra();
    private final Map<String, Expression> resolved = new HashMap<>();
    private final Set<String> resolving = new LinkedHashSet<>();
    private final Map<String, Terminal> terminals = new LinkedHashMap<>();
    private final Map<Terminal, String> names = new HashMap<>();
    private final Set<String> optional = new LinkedHashSet<>();

    LlguidanceTerminals(LarkDefinitions definitions, PatternReader reader, WorkBudget budget) {
        this.definitions = definitions;
        this.reader = reader;
        this.budget = budget;
    }

    /** The terminals that stand in rules, by name. */
    Map<String, Terminal> all() {
        return terminals;
    }

    @Override
    public boolean isTerminal(Name rule) {
        Map<String, String> attributes = definitions.get(rule).attributes();
        return attributes.containsKey("lazy")
                || attributes.containsKey("suffix")
                || attributes.containsKey("temperature");
    }

    @Override
    public boolean mayBeEmpty(String name) {
        return optional.contains(name);
    }

    @Override
    public String name(LarkNode node) {
        Expression text;
        boolean isLazy = false;
        String wish = "";
        if (node instanceof Name name && !name.isTerminal()) {
            Definition rule = definitions.get(name);
            text = expression(rule.body());
            isLazy = rule.attributes().containsKey("lazy");
            String suffix = rule.attributes().get("suffix");
            if (suffix != null) {
                text = Expression.Sequence.of(text, end(suffix, rule.spot()));
                isLazy |= !suffix.equals("\"\"");
            }
            wish = name.name();
        } else {
            text = expression(node);
            wish = node instanceof Name name ? name.name() : "";
        }
        return name(new Terminal(text, isLazy), wish);
    }

    private String name(Terminal terminal, String wish) {
        String known = names.get(terminal);
        if (known == null) {
            TextLanguages languages = new TextLanguages(List.of(terminal.text), budget);
            boolean empty = languages.mayBeEmpty(terminal.text);
            known = wish.isEmpty() || terminals.containsKey(wish) || !LarkNode.isTerminal(wish)
                    ? "terminal " + terminals.size()
                    : wish;
            names.put(terminal, known);
            Expression some = empty ? new Difference(terminal.text, Expression.EMPTY) : terminal.text;
            if (terminal.isLazy) {
                Expression longer = Expression.Sequence.of(some, new CharacterClass(CodePoints.ALL), ANYTHING);
                some = new Difference(some, longer);
            }
            terminals.put(known, new Terminal(some, terminal.isLazy));
            if (empty) {
                optional.add(known);
            }
        }
        return known;
    }

    private Expression end(String written, Spot spot) {
        if (written.startsWith("\"")) {
            return expression(new LarkNode.Text(written, spot));
        } else if (written.startsWith("/")) {
            return expression(new LarkNode.Pattern(written, spot));
        } else if (!written.isEmpty() && LarkNode.isTerminal(written)) {
            return expression(new Name(written, List.of(), spot));
        }
        throw new UnsupportedFeatureException(
                "suffix", "a suffix is a string, a regular expression or a terminal", LarkDefinitions.place(spot));
    }

    /** The texts of something that stands in a terminal. */
    Expression expression(LarkNode node) {
        budget.step();
        if (node instanceof LarkNode.Sequence sequence) {
            return algebra.sequence(
                    sequence.items().stream().map(this::expression).toList());
        } else if (node instanceof LarkNode.Choice choice) {
            return algebra.choice(
                    choice.alternatives().stream().map(this::expression).toList());
        } else if (node instanceof LarkNode.Maybe maybe) {
            return algebra.repeat(expression(maybe.item()), 0, 1);
        } else if (node instanceof LarkNode.Repeat repeat) {
            return algebra.repeat(expression(repeat.item()), repeat.min(), repeat.max());
        } else if (node instanceof LarkNode.Both both) {
            return both.items().stream()
                    .map(this::expression)
                    .reduce(Intersection::new)
                    .orElse(ANYTHING);
        } else if (node instanceof LarkNode.Not not) {
            return new Difference(ANYTHING, expression(not.item()));
        } else if (node instanceof Name name) {
            return named(name);
        } else if (node instanceof LarkNode.Text text) {
            return string(text);
        } else if (node instanceof LarkNode.Range range) {
            return range(range);
        } else if (node instanceof LarkNode.Pattern pattern) {
            int end = pattern.written().lastIndexOf('/');
            String flags = pattern.written().substring(end + 1);
            return regex(flags, pattern.written().substring(1, end), pattern.spot());
        } else if (node instanceof LarkNode.Common common) {
            return regex(
                    "",
                    common.longest(),
                    new Spot(dev.espalier.grammar.source.SourceText.pattern("", "", budget.limits()), 0));
        } else if (node instanceof LarkNode.Block block && block.keyword().equals("%regex")) {
            return SubstringBlock.expression(block.written(), block.spot(), budget);
        }
        Spot spot = node instanceof LarkNode.Block block ? block.spot() : ((LarkNode.Special) node).spot();
        String what = node instanceof LarkNode.Block ? "%json" : "special tokens";
        throw new UnsupportedFeatureException(
                what, what + " beside terminals are not supported in grammars of tokens", LarkDefinitions.place(spot));
    }

    private Expression named(Name name) {
        if (!name.isTerminal()) {
            throw name.spot()
                    .source()
                    .error("a terminal contains no rules", name.spot().offset());
        }
        Expression known = resolved.get(name.name());
        if (known == null) {
            if (!definitions.all().containsKey(name.name())) {
                throw new ReferenceException(
                        "no terminal is called \"" + name.name() + "\""
                                + NearestName.question(
                                        name.name(), definitions.all().keySet()),
                        LarkDefinitions.place(name.spot()));
            } else if (!resolving.add(name.name())) {
                throw name.spot()
                        .source()
                        .error(
                                "the terminal \"" + name.name() + "\" contains itself",
                                name.spot().offset());
            }
            LarkNode body = definitions.get(name).body();
            if (body instanceof LarkNode.Common common && common.longest().isEmpty()) {
                throw new ReferenceException(
                        "llguidance has no common terminal that \"" + name.name() + "\" could be",
                        LarkDefinitions.place(name.spot()));
            }
            known = expression(body);
            resolving.remove(name.name());
            resolved.put(name.name(), known);
        }
        return known;
    }

    private Expression string(LarkNode.Text text) {
        int end = text.written().lastIndexOf('"');
        String value = JsonText.unescaped(text.written().substring(1, end), text.spot());
        if (end + 1 == text.written().length() || value.isEmpty()) {
            return Literal.of(value);
        }
        StringBuilder escaped = new StringBuilder("(?i)");
        value.codePoints()
                .forEach(c -> escaped.append("\\.+*?()|[]{}^$#&-~".indexOf(c) >= 0 ? "\\" : "")
                        .appendCodePoint(c));
        return regex("", escaped.toString(), text.spot());
    }

    private static Expression range(LarkNode.Range range) {
        int first = end(range.first(), range);
        int last = end(range.last(), range);
        if (last < first) {
            throw range.spot()
                    .source()
                    .error(
                            "the ends of the range are the wrong way round",
                            range.spot().offset());
        }
        return new CharacterClass(CodePoints.range(first, last));
    }

    private static int end(String written, LarkNode.Range range) {
        String value = written.endsWith("i")
                ? ""
                : JsonText.unescaped(written.substring(1, written.length() - 1), range.spot());
        if (value.codePointCount(0, value.length()) != 1) {
            throw range.spot()
                    .source()
                    .error(
                            "the ends of a range are one character each",
                            range.spot().offset());
        }
        return value.codePointAt(0);
    }

    private Expression regex(String flags, String pattern, Spot spot) {
        Place place = LarkDefinitions.place(spot);
        if (flags.indexOf('l') >= 0) {
            throw new UnsupportedFeatureException("l", "the flag \"l\" is not supported", place);
        }
        String plain = flags.indexOf('x') >= 0 ? VerbosePattern.plain(pattern) : pattern;
        String rest = flags.replace("x", "").replace("u", "");
        String whole = rest.isEmpty() ? plain : "(?" + rest + ")" + plain;

        return new PatternExpressions("the expression", place)
                .expression(reader.tree("the regular expression", whole, budget));
    }
}
