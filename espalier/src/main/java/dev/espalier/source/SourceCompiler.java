// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.automata.convert.FrameGrammar;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.JsonStringGrammar;
import dev.espalier.grammar.LexedGrammar;
import dev.espalier.grammar.Syntax;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.SpanCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.tag.TagReader;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Compiles sources of every kind. Thread-safe; owns the readers, which get faster as they are used again. */
public final class SourceCompiler {

    private final Limits limits;
    private final Map<GrammarDialect, GrammarReader<?>> grammars = new EnumMap<>(GrammarDialect.class);
    private final RegexReader regex = new RegexReader();
    private final SchemaCompiler schemas = new SchemaCompiler();
    private final LongAdder compilations = new LongAdder();

    /** A compiler under some limits. Schemas bring limits of their own in their options. */
    public SourceCompiler(Limits limits) {
        this.limits = limits;
        for (GrammarDialect dialect : GrammarDialect.values()) {
            grammars.put(dialect, dialect.newReader());
        }
    }

    /**
     * The automaton of a source.
     *
     * @throws dev.espalier.core.error.EspalierException what the readers and compilers of its kind throw
     */
    public CompiledSource compile(OutputSource source, Cancellation cancellation) {
        long start = System.nanoTime();
        compilations.increment();
        WorkBudget budget = new WorkBudget(limits, cancellation);
        if (source instanceof OutputSource.Schema schema) {
            CompiledSchema compiled = schemas.compile(schema.text(), schema.options(), budget);
            return new CompiledSource(
                    source,
                    compiled.automaton(),
                    Optional.empty(),
                    Optional.of(compiled.report()),
                    Map.of(),
                    since(start));
        }
        if (source instanceof OutputSource.StructuralTag tag) {
            TagGrammar.Translated translated = TagGrammar.of(
                    TagReader.read(tag.json(), ""),
                    tag.parts(),
                    tag.marked(),
                    (at, part) -> tagPart(at, part, cancellation),
                    text -> AutomatonCompiler.compile(Grammar.of(text), Map.of(), budget));
            return compiled(source, translated, budget, start);
        }
        if (source instanceof OutputSource.Span span) {
            PushdownAutomaton spans = SpanCompiler.compile(span.text(), span.match(), span.words(), budget);
            return new CompiledSource(source, spans, Optional.empty(), Optional.empty(), Map.of(), since(start));
        }
        if (source instanceof OutputSource.JsonString string) {
            Grammar strings = JsonStringGrammar.of(texts(string.text(), budget, cancellation));
            PushdownAutomaton automaton = AutomatonCompiler.compile(strings, Map.of(), budget);
            return new CompiledSource(
                    source, automaton, Optional.of(strings), Optional.empty(), Map.of(), since(start));
        }
        Map<String, CompiledSource> parts = parts(source, cancellation);
        Syntax grammar = syntax(source, budget);
        if (grammar instanceof LexedGrammar lexed) {
            lexed.schemas().forEach((name, schema) -> parts.put(name, compile(part(schema), cancellation)));
        }
        Map<String, PushdownAutomaton> automata = new HashMap<>();
        parts.forEach((name, part) -> automata.put(name, part.automaton()));
        PushdownAutomaton automaton = AutomatonCompiler.compile(grammar, automata, budget);
        return new CompiledSource(source, automaton, Optional.of(grammar), Optional.empty(), parts, since(start));
    }

    /** A source as a grammar of characters: its own, or that of its automaton, such as where a lexer cuts its texts. */
    private Grammar texts(OutputSource source, WorkBudget budget, Cancellation cancellation) {
        boolean hasGrammar = source instanceof OutputSource.GrammarText
                || source instanceof OutputSource.Regex
                || source instanceof OutputSource.Texts
                || source instanceof OutputSource.FreeText;
        if (hasGrammar && source.parts().isEmpty() && syntax(source, budget) instanceof Grammar plain) {
            return plain;
        }
        return FrameGrammar.of(compile(source, cancellation).automaton(), budget);
    }

    private static CompiledSource compiled(
            OutputSource source, TagGrammar.Translated tag, WorkBudget budget, long start) {
        Map<String, PushdownAutomaton> automata = new HashMap<>(tag.texts());
        tag.parts()
                .forEach((name, part) ->
                        part.automaton().withoutEmpty().ifPresent(automaton -> automata.put(name, automaton)));
        PushdownAutomaton automaton = AutomatonCompiler.compile(tag.grammar(), automata, tag.marks(), budget);
        return new CompiledSource(
                source, automaton, Optional.of(tag.grammar()), Optional.empty(), tag.parts(), since(start));
    }

    private CompiledSource tagPart(String at, OutputSource part, Cancellation cancellation) {
        try {
            return compile(part.withOptions(options -> options.withLimits(limits)), cancellation);
        } catch (CancelledException | LimitExceededException e) {
            throw e;
        } catch (EspalierException e) {
            throw TagGrammar.inPart(at, e);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** How many sources were compiled, parts of others included, those that failed too. */
    public long compilations() {
        return compilations.sum();
    }

    private Map<String, CompiledSource> parts(OutputSource source, Cancellation cancellation) {
        Map<String, CompiledSource> parts = new HashMap<>();
        if (source instanceof OutputSource.GrammarText text) {
            text.parts().forEach((name, part) -> parts.put(name, compile(part, cancellation)));
        }
        return parts;
    }

    /** The source of a schema that stands in the text of a grammar. */
    private OutputSource part(Expression.InlineSchema schema) {
        WhiteSpace space = schema.isSpaced() ? WhiteSpace.FLEXIBLE : WhiteSpace.COMPACT;
        return new OutputSource.Schema(
                schema.json(), SchemaOptions.DEFAULT.withWhiteSpace(space).withLimits(limits));
    }

    private Syntax syntax(OutputSource source, WorkBudget budget) {
        if (source instanceof OutputSource.GrammarText text) {
            GrammarOptions options = new GrammarOptions(text.parts().keySet(), text.root(), text.folder());
            return Objects.requireNonNull(grammars.get(text.dialect())).read(text.text(), options, budget);
        } else if (source instanceof OutputSource.Regex pattern) {
            return Grammar.of(regex.read(pattern.pattern(), RegexReader.Mode.FULL, budget));
        } else if (source instanceof OutputSource.Texts texts) {
            List<Expression> literals = List.copyOf(
                    texts.texts().stream().map(Expression.Literal::of).toList());
            return Grammar.of(new Expression.Choice(literals));
        } else if (source instanceof OutputSource.FreeText) {
            return Grammar.of(
                    new Expression.Repeat(new Expression.CharacterClass(CodePoints.ALL), 0, Expression.UNBOUNDED));
        }
        throw new IllegalStateException("a schema is no grammar, nor are spans");
    }
}
