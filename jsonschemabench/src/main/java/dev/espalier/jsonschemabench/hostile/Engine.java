package dev.espalier.jsonschemabench.hostile;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.grammar.GbnfReader;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.RegexReader;
import dev.espalier.grammar.WorkBudget;
import dev.espalier.grammar.error.InvalidInputException;
import dev.espalier.mask.GrammarCompiler;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The readers that all cases of one machine share, as requests to a server would. Thread-safe. */
final class Engine {

    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader regex = new RegexReader();
    private final GrammarCompiler bytes = TokenRecogniser.bytes();

    /** The compiler for the vocabulary of all bytes that the texts of all cases go through. */
    GrammarCompiler bytes() {
        return bytes;
    }

    /** Whether inputs of that kind can be compiled. */
    boolean knows(String kind) {
        return kind.equals("grammar") || kind.equals("regex");
    }

    /**
     * The language of an input.
     *
     * @param kind {@code schema}, {@code grammar} or {@code regex}
     * @throws dev.espalier.grammar.error.EspalierException as the readers and compilers say
     */
    PushdownAutomaton compile(String kind, byte[] input, WorkBudget budget) {
        return switch (kind) {
            case "grammar" -> PushdownAutomaton.compile(gbnf.read("", input, budget), Map.of(), budget);
            case "regex" -> {
                String pattern = new String(input, StandardCharsets.UTF_8);
                Grammar grammar = Grammar.of(regex.read(pattern, RegexReader.Mode.FULL, budget));
                yield PushdownAutomaton.compile(grammar, Map.of(), budget);
            }
            default -> throw new InvalidInputException("no constraint is called \"" + kind + "\"");
        };
    }
}
