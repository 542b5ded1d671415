// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
                Grammar grammar = Grammar.of(regex.read(text(input), RegexReader.Mode.FULL, budget));
                yield AutomatonCompiler.compile(grammar, Map.of(), budget);
            }
            case "schema" -> {
                SchemaOptions options = SchemaOptions.DEFAULT
                        .withNumberSpelling(NumberSpelling.ANY)
                        .withLimits(budget.limits());
                yield schemas.compile(text(input), options, budget).automaton();
            }
            default -> throw new InvalidInputException("no constraint is called \"" + kind + "\"");
        };
    }

    /** What readers of text are given, as a program reads it from a file: nothing is put for what is not UTF-8. */
    private static String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SyntaxException("the text is not well-formed UTF-8", Place.UNKNOWN);
        }
    }
}
