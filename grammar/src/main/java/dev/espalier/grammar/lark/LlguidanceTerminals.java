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
import dev.espalier.grammar.Expression.External;
import dev.espalier.grammar.Expression.InlineSchema;
import dev.espalier.grammar.Expression.Intersection;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.OtherToken;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.SpecialToken;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkNode.Name;
import dev.espalier.grammar.lark.LarkNode.Spot;
import dev.espalier.grammar.regex.PatternDialect;
import dev.espalier.grammar.regex.PatternExpressions;
import dev.espalier.grammar.regex.PatternReader;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminals of a grammar, as llguidance makes them: languages of texts, which may be combined by {@code &} and {@code ~}. */
final class LlguidanceTerminals implements LarkBnf.Symbols {

    private static final Pattern GUIDANCE = Pattern.compile("\"x-guidance\"\\s*:\\s*\\{([^{}]*)\\}");
    private static final Pattern FLEXIBLE = Pattern.compile("\\s*\"whitespace_flexible\"\\s*:\\s*(true|false)\\s*");

    /**
     * A terminal; a lazy one ends as soon as it can.
     *
     * @param text the texts, or the {@linkplain LexedGrammar.Token#isPart() part} that it is, or a choice of such parts
     */
    record Terminal(Expression text, boolean isLazy, boolean isPart) {

        /** A part, or each of several. */
        List<Expression> parts() {
            return text instanceof Expression.Choice choice ? choice.alternatives() : List.of(text);
        }

        /** Whether it is a frame, such as a schema. */
        boolean isFrame() {
            return text instanceof External;
        }
    }

    private static final String JSON = "%json";
    private static final Expression ANYTHING = new Repeat(new CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED);

    private final LarkDefinitions definitions;
    private final PatternReader reader;
    private final WorkBudget budget;
    private final Set<String> frames;
    private final Set<String> unnamed;
    private final Map<InlineSchema, External> schemas = new HashMap<>();
    private final PlainAlgebra algebra = new PlainAlgebra();
    private final Map<String, Expression> resolved = new HashMap<>();
    private final Set<String> resolving = new LinkedHashSet<>();
    private final Map<String, Terminal> terminals = new LinkedHashMap<>();
    private final Map<Terminal, String> names = new HashMap<>();
    private final Set<String> optional = new LinkedHashSet<>();

    /**
     * The terminals of a grammar.
     *
     * @param frames names of rules that stand for frames
     */
    LlguidanceTerminals(LarkDefinitions definitions, PatternReader reader, Set<String> frames, WorkBudget budget) {
        this.definitions = definitions;
        this.reader = reader;
        this.frames = frames;
        this.unnamed = new TreeSet<>(frames);
        this.budget = budget;
    }

    /** The frames that no rule has named so far. */
    Set<String> unnamed() {
        return unnamed;
    }

    /** The terminals that stand in rules, by name. */
    Map<String, Terminal> all() {
        return terminals;
    }

    @Override
    public boolean isTerminal(Name rule) {
        if (frames.contains(rule.name())) {
            return true;
        }
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
        if (node instanceof Name name && frames.contains(name.name())) {
            unnamed.remove(name.name());
            return part(new External(name.name()), name.name());
        } else if (node instanceof LarkNode.Special special) {
            return part(special(special), special.written());
        } else if (node instanceof LarkNode.Block block && block.keyword().equals(JSON)) {
            External schema = schema(block);
            return part(schema, schema.name());
        } else if (node instanceof Name name && !name.isTerminal()) {
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
        return name(new Terminal(text, isLazy, false), wish);
    }

    private String part(Expression part, String name) {
        terminals.put(name, new Terminal(part, false, true));
        return name;
    }

    private External schema(LarkNode.Block block) {
        Matcher guidance = GUIDANCE.matcher(block.written());
        boolean isSpaced = true;
        if (guidance.find()) {
            Matcher flexible = FLEXIBLE.matcher(guidance.group(1));
            if (!guidance.group(1).isBlank() && !flexible.matches()) {
                throw new UnsupportedFeatureException(
                        "x-guidance",
                        "only \"whitespace_flexible\" is supported in \"x-guidance\"",
                        LarkDefinitions.place(block.spot()));
            }
            isSpaced = guidance.group(1).isBlank() || flexible.group(1).equals("true");
        }
        Place place = LarkDefinitions.place(block.spot());
        return schemas.computeIfAbsent(
                new InlineSchema(block.written(), isSpaced),
                schema -> new External(JSON + " " + place.line() + ":" + place.column(), Optional.of(schema)));
    }

    /** A special token by name, or some or all others of the vocabulary by number. */
    private Expression special(LarkNode.Special special) {
        String written = special.written();
        if (!written.startsWith("<[") || !written.endsWith("]>")) {
            return new SpecialToken(written, -1);
        }
        String inner = written.substring(2, written.length() - 2);
        if (inner.equals("*")) {
            return new OtherToken(List.of());
        }
        boolean isOther = inner.startsWith("^");
        List<SpecialToken> tokens = new ArrayList<>();
        for (String range : inner.substring(isOther ? 1 : 0).split(",", -1)) {
            String[] ends = range.split("-", -1);
            if (ends.length > 2 || !Arrays.stream(ends).allMatch(end -> end.matches("\\d{1,9}"))) {
                throw special.spot()
                        .source()
                        .error(
                                "expected numbers of tokens and ranges of them, as in <[1,4-7]>",
                                special.spot().offset());
            }
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int id = Integer.parseInt(ends[0]); id <= last; id++) {
                budget.addStates(1);
                tokens.add(new SpecialToken("", id));
            }
        }
        if (tokens.isEmpty()) {
            throw special.spot()
                    .source()
                    .error("this stands for no token", special.spot().offset());
        }
        return isOther
                ? new OtherToken(tokens)
                : tokens.size() == 1 ? tokens.get(0) : new Expression.Choice(List.copyOf(tokens));
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
            terminals.put(known, new Terminal(some, terminal.isLazy, false));
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
        String what = node instanceof LarkNode.Block ? "schemas" : "special tokens";
        throw spot.source().error(what + " stand in rules, not in terminals", spot.offset());
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

        return new PatternExpressions(PatternDialect.RUST, "the expression", place)
                .expression(reader.tree("the regular expression", whole, budget));
    }
}
