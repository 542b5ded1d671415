// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.CaseFile;
import dev.espalier.grammar.DamagedTexts;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.SentenceCheck;
import dev.espalier.grammar.source.ExpressionDepth;
import dev.espalier.grammar.syntax.RegexLexer;
import dev.espalier.grammar.syntax.RegexParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RegexReaderTest {

    private final RegexReader reader = new RegexReader();

    static List<CaseFile.Case> accepted() {
        return CaseFile.read("regex-accepted.txt");
    }

    static List<CaseFile.Case> rejected() {
        return CaseFile.read("regex-rejected.txt");
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void patternsMeanWhatTheStandardSays(CaseFile.Case given) {
        Expression expression = reader.read(given.input(), RegexReader.Mode.SEARCH);
        SentenceCheck.check(Grammar.of(expression), given.expectation());
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void errorsShowThePlaceAndWhatIsWrong(CaseFile.Case given) {
        EspalierException error =
                assertThrows(EspalierException.class, () -> reader.read(given.input(), RegexReader.Mode.SEARCH));
        assertEquals(given.expectation(), error.code() + "\n" + error.getMessage());
    }

    @Test
    void aFullMatchNeedsNoAnchors() {
        Grammar grammar = Grammar.of(reader.read("a|^b$|c^", RegexReader.Mode.FULL));
        SentenceCheck.check(grammar, "+ a\n+ b\n- c\n- aa\n- xb");
    }

    @Test
    void unpairedSurrogatesAreNoPattern() {
        assertThrows(SyntaxException.class, () -> reader.read("a\uD800", RegexReader.Mode.FULL));
    }

    @Test
    void manyAnchorsInARowStayShallow() {
        Expression expression = reader.read("(^|a)".repeat(5000), RegexReader.Mode.SEARCH);
        assertEquals(true, ExpressionDepth.of(Grammar.of(expression)) < 64);
    }

    @Test
    void nestingIsCountedBeforeTheParserRuns() {
        String nested = "(".repeat(1000) + "[(((]\\(" + ")".repeat(1000);
        reader.read(nested, RegexReader.Mode.FULL);
        LimitExceededException error = assertThrows(
                LimitExceededException.class, () -> reader.read("(" + nested + ")", RegexReader.Mode.FULL));
        assertEquals("maxNesting", error.limit());
    }

    @Test
    void noTableOfAntlrGrowsWithTheTexts() {
        RegexReader reader = new RegexReader();
        DamagedTexts.read(DamagedTexts.PATTERNS, text -> reader.read(text, RegexReader.Mode.FULL));
        assertTrue(reader.lexerStates() < 200, "states " + reader.lexerStates());
        assertEquals(0, DamagedTexts.states(new RegexLexer(null)) + DamagedTexts.states(new RegexParser(null)));
    }
}
