package dev.espalier;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.State;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.SchemaCompiler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Reads constraints of every kind. Thread-safe; owns the readers, which get faster as they are used again. */
final class ConstraintReader {

    private final Limits limits;
    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader regex = new RegexReader();
    private final SchemaCompiler schemas = new SchemaCompiler();

    ConstraintReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * A language and what it holds.
     *
     * @param bytes estimates the bytes that it holds now, parts included; for any thread
     */
    record Weighed(Language language, LongSupplier bytes) {}

    /** The language of a constraint; throws what the readers and compilers of its kind throw. */
    Language read(Constraint constraint, Cancellation cancellation) {
        return weighed(constraint, cancellation).language();
    }

    /** The language of a constraint with what it holds; throws as {@link #read}. */
    Weighed weighed(Constraint constraint, Cancellation cancellation) {
        WorkBudget budget = new WorkBudget(limits, cancellation);
        if (constraint instanceof Constraint.Schema schema) {
            CompiledSchema compiled = schemas.compile(schema.text(), schema.options(), budget);
            Language language = new Language(
                    PushdownAutomaton.of(compiled.start()), Optional.empty(), Optional.of(compiled.report()), Map.of());
            return new Weighed(language, compiled::estimatedBytes);
        }
        Map<String, Weighed> parts = parts(constraint, cancellation);
        Grammar grammar = grammar(constraint, budget);
        Map<String, State> starts = new HashMap<>();
        Map<String, Language> languages = new HashMap<>();
        parts.forEach((name, part) -> {
            languages.put(name, part.language());
            starts.put(name, start(name, part.language()));
        });
        PushdownAutomaton automaton = AutomatonCompiler.compile(grammar, starts, budget);
        Language language = new Language(automaton, Optional.of(grammar), Optional.empty(), languages);
        List<LongSupplier> others = parts.values().stream().map(Weighed::bytes).toList();
        return new Weighed(
                language,
                () -> automaton.estimatedBytes()
                        + others.stream().mapToLong(LongSupplier::getAsLong).sum());
    }

    private Map<String, Weighed> parts(Constraint constraint, Cancellation cancellation) {
        Map<String, Weighed> parts = new HashMap<>();
        if (constraint instanceof Constraint.Gbnf gbnf) {
            gbnf.parts().forEach((name, part) -> parts.put(name, weighed(part, cancellation)));
        }
        return parts;
    }

    private static State start(String name, Language part) {
        State start = part.automaton().start();
        if (start.results().length > 0) {
            throw new UnsupportedFeatureException(
                    name,
                    "the part \"" + name + "\" may be empty: let it read something, and write \"" + name
                            + "?\" where it may be missing",
                    Place.UNKNOWN);
        }
        if (!part.automaton().specialTokens().isEmpty()) {
            throw new UnsupportedFeatureException(
                    name,
                    "the part \"" + name + "\" has special tokens: write them in the grammar around it",
                    Place.UNKNOWN);
        }
        return start;
    }

    private Grammar grammar(Constraint constraint, WorkBudget budget) {
        if (constraint instanceof Constraint.Gbnf text) {
            return gbnf.read(text.text(), text.parts().keySet(), budget);
        } else if (constraint instanceof Constraint.Regex pattern) {
            return Grammar.of(regex.read(pattern.pattern(), RegexReader.Mode.FULL, budget));
        } else if (constraint instanceof Constraint.Texts texts) {
            List<Expression> literals = List.copyOf(
                    texts.texts().stream().map(Expression.Literal::of).toList());
            return Grammar.of(new Expression.Choice(literals));
        }
        throw new IllegalStateException("a schema is no grammar");
    }
}
