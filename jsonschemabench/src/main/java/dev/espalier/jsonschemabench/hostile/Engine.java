package dev.espalier.jsonschemabench.hostile;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The readers that all cases of one machine share, as requests to a server would. Thread-safe. */
final class Engine {

    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader regex = new RegexReader();
    private final SchemaCompiler schemas = new SchemaCompiler();
    private final GrammarCompiler bytes = TokenRecogniser.bytes();

    /** The compiler for the vocabulary of all bytes that the texts of all cases go through. */
    GrammarCompiler bytes() {
        return bytes;
    }

    /**
     * The language of an input.
     *
     * @param kind {@code schema}, {@code grammar} or {@code regex}
     * @throws dev.espalier.core.error.EspalierException as the readers and compilers say
     */
    PushdownAutomaton compile(String kind, byte[] input, WorkBudget budget) {
        return switch (kind) {
            case "grammar" -> AutomatonCompiler.compile(gbnf.read("", input, budget), Map.of(), budget);
            case "regex" -> {
                String pattern = new String(input, StandardCharsets.UTF_8);
                Grammar grammar = Grammar.of(regex.read(pattern, RegexReader.Mode.FULL, budget));
                yield AutomatonCompiler.compile(grammar, Map.of(), budget);
            }
            case "schema" -> {
                String schema = new String(input, StandardCharsets.UTF_8);
                SchemaOptions options = SchemaOptions.DEFAULT.withLimits(budget.limits());
                yield schemas.compile(schema, options, budget).automaton();
            }
            default -> throw new InvalidInputException("no constraint is called \"" + kind + "\"");
        };
    }
}
