// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.examples;

import dev.espalier.core.Limits;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.dialect.WrittenDialect;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Grammars in the notation of another engine, as {@code peers/run.py --cases} reads them. Immutable.
 *
 * @param peer the engine's name
 * @param cases those that its notation can say
 * @param refusals why the others are missing, each with its grammar's name
 */
record PeerCases(String peer, List<PeerCase> cases, List<String> refusals) {

    /** A case: {@code kind} is what the script calls the notation. */
    record PeerCase(String name, String kind, String source, List<String> texts) {}

    /** Copies the lists. */
    PeerCases {
        cases = List.copyOf(cases);
        refusals = List.copyOf(refusals);
    }

    /** The grammars for llguidance, in Lark, and for XGrammar, in its EBNF. */
    static List<PeerCases> of(List<ExampleGrammar> grammars) {
        return List.of(
                of("llguidance", WrittenDialect.LLGUIDANCE, "lark", grammars),
                of("xgrammar", WrittenDialect.EBNF_XGRAMMAR, "gbnf", grammars));
    }

    private static PeerCases of(String peer, WrittenDialect dialect, String kind, List<ExampleGrammar> grammars) {
        List<PeerCase> cases = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (ExampleGrammar each : grammars) {
            try {
                String source = dialect.write(grammar(each), Limits.DEFAULT);
                cases.add(new PeerCase(each.name(), kind, source, each.texts().valid()));
            } catch (EspalierException e) {
                refusals.add(each.name() + ": " + e.getMessage());
            }
        }
        return new PeerCases(peer, cases, refusals);
    }

    private static Grammar grammar(ExampleGrammar each) {
        if (each.dialect().newReader().read(each.source()) instanceof Grammar grammar) {
            return grammar;
        }
        throw new UnsupportedFeatureException(
                "lexer", "a grammar over the tokens of a lexer is not written in other notations", Place.UNKNOWN);
    }

    /**
     * Writes a file {@code NAME.json} for each case, into {@code PEER} in a folder.
     *
     * @throws InvalidInputException if that fails
     */
    void write(Path folder) {
        try {
            Path own = Files.createDirectories(folder.resolve(peer));
            for (PeerCase each : cases) {
                Files.writeString(own.resolve(each.name() + ".json"), ResultJson.write(each) + "\n");
            }
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        }
    }
}
