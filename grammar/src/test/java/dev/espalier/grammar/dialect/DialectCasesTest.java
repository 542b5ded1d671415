// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.EspalierException;
import dev.espalier.grammar.CaseFile;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.SentenceCheck;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each dialect reads and refuses, case by case. */
class DialectCasesTest {

    private static final Map<GrammarDialect, String> FILES = Map.of(
            GrammarDialect.ABNF, "abnf",
            GrammarDialect.EBNF_ISO, "iso",
            GrammarDialect.EBNF_W3C, "w3c",
            GrammarDialect.EBNF_XGRAMMAR, "xgrammar");

    private static final Map<GrammarDialect, GrammarReader> READERS = new EnumMap<>(GrammarDialect.class);

    private static Stream<Arguments> cases(String kind) {
        return FILES.keySet().stream().sorted().flatMap(dialect -> {
            READERS.putIfAbsent(dialect, dialect.newReader());
            List<CaseFile.Case> cases = CaseFile.read(FILES.get(dialect) + "-" + kind + ".txt");
            return cases.stream().map(given -> Arguments.of(dialect, given));
        });
    }

    static Stream<Arguments> accepted() {
        return cases("accepted");
    }

    static Stream<Arguments> rejected() {
        return cases("rejected");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void grammarsMeanWhatTheirNotationSays(GrammarDialect dialect, CaseFile.Case given) {
        SentenceCheck.check(READERS.get(dialect).read(given.input()), given.expectation());
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void errorsShowThePlaceAndWhatWasExpected(GrammarDialect dialect, CaseFile.Case given) {
        EspalierException error =
                assertThrows(EspalierException.class, () -> READERS.get(dialect).read(given.input()));
        assertEquals(given.expectation(), error.code() + "\n" + error.getMessage());
    }
}
