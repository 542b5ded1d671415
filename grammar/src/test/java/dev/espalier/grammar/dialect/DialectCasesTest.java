// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.EspalierException;
import dev.espalier.grammar.CaseFile;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.SentenceCheck;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each dialect reads and refuses, case by case. */
class DialectCasesTest {

    /** A dialect, its reader, and the name of its files. */
    private record Notation(GrammarReader<?> reader, String file) {
        Notation(GrammarDialect dialect, String file) {
            this(dialect.newReader(), file);
        }
    }

    private static final List<Notation> NOTATIONS = List.of(
            new Notation(GrammarDialect.ABNF, "abnf"),
            new Notation(GrammarDialect.EBNF_ISO, "iso"),
            new Notation(GrammarDialect.EBNF_W3C, "w3c"),
            new Notation(GrammarDialect.EBNF_XGRAMMAR, "xgrammar"));

    /** With lexers: what they mean is compared where there are automata. */
    private static final List<Notation> LEXED = List.of(new Notation(GrammarDialect.ANTLR, "antlr"));

    private static Stream<Arguments> cases(String kind, List<Notation> notations) {
        return notations.stream()
                .flatMap(notation -> CaseFile.read(notation.file + "-" + kind + ".txt").stream()
                        .map(given -> Arguments.of(notation.file, given, notation.reader)));
    }

    static Stream<Arguments> accepted() {
        return cases("accepted", NOTATIONS);
    }

    static Stream<Arguments> rejected() {
        return Stream.concat(cases("rejected", NOTATIONS), cases("rejected", LEXED));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void grammarsMeanWhatTheirNotationSays(String notation, CaseFile.Case given, GrammarReader<?> reader) {
        SentenceCheck.check((Grammar) reader.read(given.input()), given.expectation());
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void errorsShowThePlaceAndWhatWasExpected(String notation, CaseFile.Case given, GrammarReader<?> reader) {
        EspalierException error = assertThrows(EspalierException.class, () -> reader.read(given.input()));
        assertEquals(given.expectation(), error.code() + "\n" + error.getMessage());
    }
}
