package dev.espalier;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.GbnfReader;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.RegexReader;
import dev.espalier.grammar.WorkBudget;
import dev.espalier.schemas.CompiledSchema;
import dev.espalier.schemas.SchemaCompiler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads constraints of every kind. Thread-safe; owns the readers, which get faster as they are used again. */
final class ConstraintReader {

    private final Limits limits;
    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader regex = new RegexReader();
    private final SchemaCompiler schemas = new SchemaCompiler();

    ConstraintReader(Limits limits) {
        this.limits = limits;
    }

    /** The language of a constraint; throws what the readers and compilers of its kind throw. */
    Language read(Constraint constraint, Cancellation cancellation) {
        WorkBudget budget = new WorkBudget(limits, cancellation);
        if (constraint instanceof Constraint.Schema schema) {
            CompiledSchema compiled = schemas.compile(schema.text(), schema.options(), budget);
            return new Language(
                    PushdownAutomaton.of(compiled.start()), Optional.empty(), Optional.of(compiled.report()));
        }
        Grammar grammar = grammar(constraint, budget);
        return new Language(
                PushdownAutomaton.compile(grammar, Map.of(), budget), Optional.of(grammar), Optional.empty());
    }

    private Grammar grammar(Constraint constraint, WorkBudget budget) {
        if (constraint instanceof Constraint.Gbnf text) {
            return gbnf.read(text.text(), budget);
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
