// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.limit.LimitedText;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.tag.TagFormat;
import dev.espalier.tag.TagFormat.Mark;
import dev.espalier.tag.TagFormat.TokenName;
import dev.espalier.tag.ValueStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@linkplain TagFormat Formats} as a grammar. What is no free text becomes a part, named by its JSON pointer. Free text that is the last thing in a tag goes up to the first end of the tag,
 * so each format is translated together with the ends behind it. One translation, one thread.
 */
final class TagGrammar {

    private static final Expression CHARACTER = new Expression.CharacterClass(CodePoints.ALL);
    private static final String ROOT = "root";

    private final Map<String, OutputSource> given;
    private final Set<String> marked;
    private final Map<String, Expression> rules = new LinkedHashMap<>();
    private final Map<String, String> marks = new HashMap<>();
    private final Set<String> spans = new TreeSet<>();
    private final Map<String, CompiledSource> parts = new HashMap<>();
    private final Map<OutputSource, CompiledSource> compiled = new HashMap<>();
    private final Map<String, PushdownAutomaton> texts = new HashMap<>();
    private final BiFunction<String, OutputSource, CompiledSource> compiler;
    private final Function<Expression, PushdownAutomaton> regular;

    private TagGrammar(
            Map<String, OutputSource> given,
            Set<String> marked,
            BiFunction<String, OutputSource, CompiledSource> compiler,
            Function<Expression, PushdownAutomaton> regular) {
        this.given = given;
        this.marked = marked;
        this.compiler = compiler;
        this.regular = regular;
    }

    /**
     * A grammar, and what its names stand for that have no rule.
     *
     * @param parts those that have a source of their own
     * @param texts those that are free text of at most so many tokens
     * @param marks the names of spans by those of their rules
     */
    record Translated(
            Grammar grammar,
            Map<String, CompiledSource> parts,
            Map<String, PushdownAutomaton> texts,
            Map<String, String> marks) {}

    /**
     * The grammar of a format.
     *
     * @param given the sources of {@link TagFormat.Part}s
     * @param marked the names of spans that leave a mark on the stack
     * @param compiler compiles the source of a part, whose place is given
     * @param regular compiles an expression without references
     * @throws SyntaxException if marks clash or a part is missing; with a JSON pointer
     */
    static Translated of(
            TagFormat format,
            Map<String, OutputSource> given,
            Set<String> marked,
            BiFunction<String, OutputSource, CompiledSource> compiler,
            Function<Expression, PushdownAutomaton> regular) {
        TagGrammar translation = new TagGrammar(given, marked, compiler, regular);
        Expression root = translation.upTo(format, Ends.NONE, "#/format");
        Map<String, Expression> rules = new LinkedHashMap<>();
        rules.put(ROOT, root);
        rules.putAll(translation.rules);
        translation.requireMarks();
        return new Translated(new Grammar(ROOT, rules), translation.parts, translation.texts, translation.marks);
    }

    /** A format, and what stands behind it. */
    private Expression upTo(TagFormat format, Ends ends, String at) {
        if (format instanceof TagFormat.AnyText any) {
            return anyText(any, ends, at);
        } else if (format instanceof TagFormat.OtherTokens other) {
            return Expression.Sequence.of(
                    new Expression.Repeat(
                            otherToken(Stream.concat(other.excluded().stream(), ends.tokens().stream())),
                            other.min(),
                            other.max()),
                    ends.expression());
        } else if (format instanceof TagFormat.Sequence sequence) {
            return sequence(sequence, ends, at);
        } else if (format instanceof TagFormat.Span span) {
            return span(span, ends, at);
        } else if (format instanceof TagFormat.Or or) {
            List<Expression> all = new ArrayList<>();
            for (int i = 0; i < or.elements().size(); i++) {
                all.add(upTo(or.elements().get(i), ends, at + "/elements/" + i));
            }
            return new Expression.Choice(all);
        } else if (format instanceof TagFormat.Repeat repeat) {
            return repeat(repeat, ends, at);
        } else if (format instanceof TagFormat.TriggeredTags tags) {
            return new TagLoop(tags, at).expression(ends);
        } else if (format instanceof TagFormat.Dispatch dispatch) {
            return dispatch(dispatch, ends, at);
        }
        return Expression.Sequence.of(bounded(format, at), ends.expression());
    }

    /** A format in which nothing depends on what stands behind it. */
    private Expression bounded(TagFormat format, String at) {
        if (format instanceof TagFormat.ConstString text) {
            return Expression.Literal.of(text.value());
        } else if (format instanceof TagFormat.OneToken token) {
            return Ends.special(token.token());
        } else if (format instanceof TagFormat.Tag tag) {
            return Expression.Sequence.of(mark(tag.begin()), inside(tag, at));
        } else if (format instanceof TagFormat.SeparatedTags tags) {
            return separated(tags, at);
        } else if (format instanceof TagFormat.Regex regex) {
            return part(at, new OutputSource.Regex(regex.pattern()));
        } else if (format instanceof TagFormat.Grammar grammar) {
            return part(
                    at,
                    new OutputSource.GrammarText(
                            grammar.ebnf(),
                            GrammarDialect.EBNF_XGRAMMAR,
                            Optional.empty(),
                            Optional.empty(),
                            Map.of()));
        } else if (format instanceof TagFormat.Part part) {
            OutputSource source = given.get(part.name());
            if (source == null) {
                throw clash("there is no output called \"" + part.name() + "\"", at);
            }
            return part(at, source);
        } else if (format instanceof TagFormat.JsonSchema schema) {
            if (schema.style() == ValueStyle.JSON) {
                return TagValues.of(schema, at, this::part);
            }
            compiled(at, TagValues.inJson(schema)); // refuses what is no schema
            return upTo(TagValues.parts(schema, at), Ends.NONE, at);
        }
        throw new IllegalStateException("no format: " + format);
    }

    private void requireMarks() {
        for (String name : marked) {
            if (!marks.containsValue(name)) {
                throw new InvalidInputException(
                        "the structural tag has no span \"" + name + "\"" + NearestName.question(name, spans));
            }
        }
    }

    /** A span, with the end behind it. */
    private Expression span(TagFormat.Span span, Ends ends, String at) {
        Expression content = upTo(span.content(), ends, at + "/content");
        spans.add(span.name());
        if (!marked.contains(span.name())) {
            return content;
        }
        String name = at + "/span";
        rules.put(name, content);
        marks.put(name, span.name());
        return new Expression.RuleReference(name);
    }

    private CompiledSource compiled(String at, OutputSource source) {
        return compiled.computeIfAbsent(source, one -> compiler.apply(at, one));
    }

    private Expression part(String at, OutputSource source) {
        CompiledSource part = compiled(at, source);
        parts.put(at, part);
        Expression external = new Expression.External(at);
        if (!part.automaton().mayBeEmpty()) {
            return external;
        }
        return part.automaton().withoutEmpty().isPresent()
                ? Expression.Choice.of(external, Expression.EMPTY)
                : Expression.EMPTY;
    }

    private static Expression mark(Mark mark) {
        return mark instanceof Mark.Token token
                ? Ends.special(token.token())
                : Expression.Literal.of(((Mark.Text) mark).text());
    }

    /** What is behind the begin of a tag, its end included. */
    private Expression inside(TagFormat.Tag tag, String at) {
        Ends ends = Ends.of(tag.ends());
        if (ends.texts().isEmpty() && ends.tokens().isEmpty() && TagEnds.isEndless(tag.content())) {
            throw clash("its content could go on for ever, and its end is empty", at + "/end");
        }
        return upTo(tag.content(), ends, at + "/content");
    }

    private static Expression otherToken(Stream<TokenName> excluded) {
        return new Expression.OtherToken(excluded.distinct().map(Ends::special).toList());
    }

    private Expression anyText(TagFormat.AnyText any, Ends ends, String at) {
        List<Expression> all = new ArrayList<>();
        List<Expression> others = ends.tokenExpressions();
        boolean isPlain = FreeTexts.isPlain(any.excludes(), ends.texts());
        if (isPlain && !ends.texts().isEmpty()) {
            Expression.FreeText free = new Expression.FreeText(ends.stops(), any.excludes(), false);
            all.add(bounded(free, any, ends.texts(), at));
        }
        for (String end : isPlain ? List.<String>of() : ends.texts()) {
            Expression.FreeText free = new Expression.FreeText(List.of(), any.excludes(), true);
            all.add(
                    any.maxTokens().isPresent()
                            ? counted(FreeTexts.closed(free, end, ends.texts()), List.of(end), any, at)
                            : FreeTexts.closed(FreeTexts.bounded(free, any, List.of("")), end, ends.texts()));
        }
        if (!others.isEmpty()) {
            Expression.FreeText free =
                    new Expression.FreeText(List.of(), FreeTexts.joined(any.excludes(), ends.texts()), true);
            all.add(Expression.Sequence.of(bounded(free, any, List.of(), at), new Expression.Choice(others)));
        }
        return all.size() == 1 ? all.get(0) : new Expression.Choice(all);
    }

    /** Free text up to its ends, of as many characters or tokens as its format says. */
    private Expression bounded(Expression.FreeText free, TagFormat.AnyText any, List<String> ends, String at) {
        return any.maxTokens().isPresent()
                ? counted(free, ends, any, at)
                : FreeTexts.bounded(free, any, ends.isEmpty() ? List.of("") : ends);
    }

    /** Text up to its ends, which it reads, too, as a part that counts tokens. */
    private Expression counted(Expression text, List<String> ends, TagFormat.AnyText any, String at) {
        int tokens = any.maxTokens().orElseThrow();
        if (ends.isEmpty() && tokens == 0) {
            return Expression.EMPTY;
        }
        PushdownAutomaton unlimited = regular.apply(text).withoutEmpty().orElseThrow();
        String name = at + "/tokens/" + texts.size();
        texts.put(name, PushdownAutomaton.of(LimitedText.of(unlimited.start(), ends, tokens)));
        Expression part = new Expression.External(name);
        return ends.isEmpty() ? Expression.Choice.of(part, Expression.EMPTY) : part;
    }

    private Expression sequence(TagFormat.Sequence sequence, Ends ends, String at) {
        List<Expression> all = new ArrayList<>();
        int last = sequence.elements().size() - 1;
        for (int i = 0; i <= last; i++) {
            all.add(upTo(sequence.elements().get(i), i == last ? ends : Ends.NONE, at + "/elements/" + i));
        }
        return new Expression.Sequence(all);
    }

    /** What is repeated more than once keeps clear of the ends by excluding them. */
    private Expression repeat(TagFormat.Repeat repeat, Ends ends, String at) {
        String inside = at + "/content";
        if (repeat.max() == 1) {
            Expression once = upTo(repeat.content(), ends, inside);
            return repeat.min() == 1 ? once : Expression.Choice.of(once, ends.expression());
        }
        Expression item = upTo(TagEnds.without(repeat.content(), ends.texts(), ends.tokens()), Ends.NONE, inside);
        return Expression.Sequence.of(new Expression.Repeat(item, repeat.min(), repeat.max()), ends.expression());
    }

    private Expression separated(TagFormat.SeparatedTags tags, String at) {
        List<Expression> all = new ArrayList<>();
        for (int i = 0; i < tags.tags().size(); i++) {
            all.add(upTo(tags.tags().get(i), Ends.NONE, at + "/tags/" + i));
        }
        if (tags.maxTags() == 0) {
            return tags.isAtLeastOne() ? Expression.NOTHING : Expression.EMPTY;
        }
        Expression tag = new Expression.Choice(all);
        Expression next = Expression.Sequence.of(Expression.Literal.of(tags.separator()), tag);
        int max = tags.maxTags() == TagFormat.UNBOUNDED ? Expression.UNBOUNDED : tags.maxTags() - 1;
        Expression some = Expression.Sequence.of(tag, new Expression.Repeat(next, 0, max));
        return tags.isAtLeastOne() ? some : new Expression.Repeat(some, 0, 1);
    }

    private Expression dispatch(TagFormat.Dispatch dispatch, Ends ends, String at) {
        FreeLoop loop = new FreeLoop(at, dispatch.excludes(), ends);
        for (int i = 0; i < dispatch.rules().size(); i++) {
            TagFormat.Dispatch.Rule rule = dispatch.rules().get(i);
            String place = at + "/rules/" + i;
            Expression then = dispatch.isLoop()
                    ? Expression.Sequence.of(upTo(rule.then(), Ends.NONE, place + "/1"), loop.again())
                    : upTo(rule.then(), ends, place + "/1");
            loop.add(rule.mark(), then);
        }
        return loop.expression();
    }

    /** Free text with marks in it, which may be a rule that calls itself. */
    private final class FreeLoop {

        private final String name;
        private final TagFormat.Excludes excludes;
        private final Ends ends;
        private final List<Mark> marks = new ArrayList<>();
        private final List<Expression> behind = new ArrayList<>();

        FreeLoop(String name, TagFormat.Excludes excludes, Ends ends) {
            this.name = name;
            this.excludes = excludes;
            this.ends = ends;
        }

        void add(Mark mark, Expression then) {
            if (mark instanceof Mark.Text text && text.text().isEmpty()) {
                throw clash("a mark in free text cannot be empty", name);
            }
            marks.add(mark);
            behind.add(then);
        }

        void requireReachable(Mark mark, String at) {
            if (mark instanceof Mark.Text text) {
                excludes.texts().stream()
                        .filter(excluded -> text.text().startsWith(excluded))
                        .findFirst()
                        .ifPresent(excluded -> {
                            throw clash(
                                    "\"" + text.text() + "\" can never be written, since \"" + excluded
                                            + "\" is excluded",
                                    at);
                        });
            }
        }

        Expression again() {
            return new Expression.RuleReference(name);
        }

        /** The rule, made. */
        Expression expression() {
            boolean isTokens = marks.stream().anyMatch(Mark.Token.class::isInstance);
            rules.put(name, isTokens ? tokens() : texts());
            return again();
        }

        private Expression tokens() {
            List<TokenName> excluded = new ArrayList<>(excludes.tokens());
            excluded.addAll(ends.tokens());
            List<Expression> next = new ArrayList<>(List.of(ends.expression()));
            for (int i = 0; i < marks.size(); i++) {
                if (!(marks.get(i) instanceof Mark.Token token)) {
                    throw clash("tokens and texts cannot be marks of one free text", name);
                }
                excluded.add(token.token());
                next.add(Expression.Sequence.of(Ends.special(token.token()), behind.get(i)));
            }
            return Expression.Sequence.of(
                    new Expression.Repeat(otherToken(excluded.stream()), 0, Expression.UNBOUNDED),
                    new Expression.Choice(next));
        }

        private Expression texts() {
            List<Expression.FreeText.Stop> stops = new ArrayList<>();
            List<String> before = new ArrayList<>(excludes.texts());
            for (int i = 0; i < marks.size(); i++) {
                String text = ((Mark.Text) marks.get(i)).text();
                stops.add(new Expression.FreeText.Stop(text, behind.get(i)));
                before.add(text);
            }
            List<Expression> all = new ArrayList<>();
            if (FreeTexts.isPlain(before, ends.texts())) {
                stops.addAll(ends.stops());
                all.add(new Expression.FreeText(stops, excludes.texts(), ends.mayBeNothing()));
            } else {
                all.add(new Expression.FreeText(
                        stops, FreeTexts.joined(excludes.texts(), ends.texts()), ends.mayBeNothing()));
                Expression content = new Expression.FreeText(
                        List.of(), before.stream().distinct().toList(), true);
                ends.texts().forEach(end -> all.add(FreeTexts.closed(content, end, ends.texts())));
            }
            if (!ends.tokens().isEmpty()) {
                List<Expression> tokens = ends.tokens().stream()
                        .map(token -> (Expression) Ends.special(token))
                        .toList();
                Expression last = new Expression.FreeText(List.of(), FreeTexts.joined(before, ends.texts()), true);
                all.add(Expression.Sequence.of(last, new Expression.Choice(tokens)));
            }
            return all.size() == 1 ? all.get(0) : new Expression.Choice(all);
        }
    }

    /** Free text with tags in it. */
    private final class TagLoop {

        private final TagFormat.TriggeredTags tags;
        private final String at;

        TagLoop(TagFormat.TriggeredTags tags, String at) {
            this.tags = tags;
            this.at = at;
        }

        Expression expression(Ends ends) {
            FreeLoop loop = new FreeLoop(at, tags.excludes(), ends);
            for (int i = 0; i < tags.triggers().size(); i++) {
                loop.requireReachable(tags.triggers().get(i), at + "/triggers/" + i);
            }
            List<Expression> first = new ArrayList<>();
            Map<Integer, List<Expression>> behind = new LinkedHashMap<>();
            for (int i = 0; i < tags.tags().size(); i++) {
                TagFormat.Tag tag = tags.tags().get(i);
                String place = at + "/tags/" + i;
                int trigger = trigger(tag, place);
                Expression inside = inside(tag, place);
                Expression then = tags.isOne() ? ends.expression() : loop.again();
                first.add(Expression.Sequence.of(mark(tag.begin()), inside, then));
                behind.computeIfAbsent(trigger, none -> new ArrayList<>())
                        .add(Expression.Sequence.of(rest(tag, trigger), inside, then));
            }
            for (int i = 0; i < tags.triggers().size(); i++) {
                loop.add(tags.triggers().get(i), new Expression.Choice(behind.getOrDefault(i, List.of())));
            }
            if (tags.isAtLeastOne()) {
                if (!tags.isOne()) {
                    loop.expression();
                }
                return new Expression.Choice(first);
            }
            return loop.expression();
        }

        private Expression rest(TagFormat.Tag tag, int trigger) {
            return tag.begin() instanceof Mark.Text begin
                    ? Expression.Literal.of(begin.text()
                            .substring(((Mark.Text) tags.triggers().get(trigger))
                                    .text()
                                    .length()))
                    : Expression.EMPTY;
        }

        /** The one trigger of a tag. */
        private int trigger(TagFormat.Tag tag, String place) {
            List<Integer> found = new ArrayList<>();
            for (int i = 0; i < tags.triggers().size(); i++) {
                if (isTrigger(tags.triggers().get(i), tag.begin())) {
                    found.add(i);
                }
            }
            if (found.isEmpty()) {
                throw clash("no trigger begins " + named(tag.begin()), place + "/begin");
            } else if (found.size() > 1) {
                throw clash(
                        "two triggers begin " + named(tag.begin()) + ": "
                                + named(tags.triggers().get(found.get(0))) + " and "
                                + named(tags.triggers().get(found.get(1)))
                                + "; in a text that goes on so, either might have been meant",
                        place + "/begin");
            }
            return found.get(0);
        }

        private static boolean isTrigger(Mark trigger, Mark begin) {
            return trigger instanceof Mark.Text text && begin instanceof Mark.Text all
                    ? all.text().startsWith(text.text())
                    : trigger.equals(begin);
        }

        private static String named(Mark mark) {
            return mark instanceof Mark.Text text
                    ? "\"" + text.text() + "\""
                    : "the token " + ((Mark.Token) mark).token().text();
        }
    }

    private static SyntaxException clash(String message, String at) {
        return new SyntaxException(message, Place.pointer(at));
    }

    /** What a part's failure says, with where the part is. */
    static InvalidInputException inPart(String at, RuntimeException failure) {
        return new InvalidInputException("in " + at + ": " + failure.getMessage(), failure);
    }
}
