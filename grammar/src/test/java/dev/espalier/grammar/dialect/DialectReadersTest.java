// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.DamagedTexts;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.External;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.SentenceCheck;
import dev.espalier.grammar.abnf.AbnfReader;
import dev.espalier.grammar.ebnf.IsoEbnfReader;
import dev.espalier.grammar.ebnf.XGrammarReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What all dialects of grammars of bytes have in common. */
class DialectReadersTest {

    private static String[] damaged(GrammarDialect dialect) {
        return switch (dialect) {
            case GBNF -> DamagedTexts.GRAMMARS;
            case ABNF, ABNF_BYTES -> DamagedTexts.ABNF;
            case EBNF_ISO -> DamagedTexts.ISO;
            case EBNF_W3C -> DamagedTexts.W3C;
            case EBNF_XGRAMMAR -> DamagedTexts.XGRAMMAR;
            case ANTLR, LARK, LARK_BASIC, LLGUIDANCE -> throw new IllegalArgumentException(dialect.text());
        };
    }

    /** A rule in a dialect. */
    private static String rule(GrammarDialect dialect, String name, String body) {
        return switch (dialect) {
            case ABNF, ABNF_BYTES -> name + " = " + body + "\n";
            case EBNF_ISO -> name + " = " + body + ";\n";
            default -> name + " ::= " + body + "\n";
        };
    }

    private static String comma(GrammarDialect dialect) {
        return dialect == GrammarDialect.EBNF_ISO ? ", " : " ";
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ANTLR", "LARK", "LARK_BASIC", "LLGUIDANCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void damagedGrammarsEndInAResultOrATypedError(GrammarDialect dialect) {
        GrammarReader<?> reader = dialect.newReader();
        for (String grammar : damaged(dialect)) {
            reader.read(grammar);
        }
        DamagedTexts.read(damaged(dialect), reader::read);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ANTLR", "LARK", "LARK_BASIC", "LLGUIDANCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void longTextsTakeLinearTimeAndLittleStack(GrammarDialect dialect) throws InterruptedException {
        GrammarReader<?> reader = dialect.newReader();
        String bar = dialect == GrammarDialect.ABNF || dialect == GrammarDialect.ABNF_BYTES ? " / " : " | ";
        String[] texts = {
            rule(dialect, "root", "\"" + "k".repeat(200_000) + "\""),
            rule(dialect, "root", "\"a\"" + (comma(dialect) + "\"b\"").repeat(20_000)),
            rule(dialect, "root", "\"a\"" + (bar + "\"b\"").repeat(20_000)),
            rule(dialect, "root", "(".repeat(999) + "\"a\"" + ")".repeat(999))
        };
        Throwable[] failure = new Throwable[1];
        Thread small = new Thread(
                null,
                () -> {
                    for (String text : texts) {
                        reader.read(text);
                    }
                },
                "small",
                256 << 10);
        small.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
        small.start();
        small.join();
        assertEquals(null, failure[0]);
        String deep = rule(dialect, "root", "(".repeat(1_001) + "\"a\"" + ")".repeat(1_001));
        LimitExceededException error = assertThrows(LimitExceededException.class, () -> reader.read(deep));
        assertEquals("maxNesting", error.limit());
        assertTrue(String.valueOf(error.getMessage()).contains("line 1, column"), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ANTLR", "LARK", "LARK_BASIC", "LLGUIDANCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyWellFormedUtf8WithoutMarksAndNulsIsRead(GrammarDialect dialect) {
        GrammarReader<?> reader = dialect.newReader();
        byte[] latin = rule(dialect, "root", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1);
        SyntaxException wrong =
                assertThrows(SyntaxException.class, () -> reader.read("a.txt", latin, WorkBudget.standard()));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith("a.txt:1:"), wrong.getMessage());
        assertTrue(String.valueOf(wrong.getMessage()).contains("not well-formed UTF-8 at byte"), wrong.getMessage());
        for (String text : new String[] {"\uFEFF" + rule(dialect, "root", "\"a\""), rule(dialect, "root", "\"\0\"")}) {
            assertThrows(SyntaxException.class, () -> reader.read(text));
        }
        assertThrows(SyntaxException.class, () -> reader.read(rule(dialect, "root", "\"\uD800\"")));
        byte[] utf16 = rule(dialect, "root", "\"a\"").getBytes(StandardCharsets.UTF_16LE);
        assertThrows(SyntaxException.class, () -> reader.read("", utf16, WorkBudget.standard()));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ANTLR", "LARK", "LARK_BASIC", "LLGUIDANCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void linesEndInEveryWay(GrammarDialect dialect) {
        String text = rule(dialect, "root", "two" + comma(dialect) + "\n  two") + "\n" + rule(dialect, "two", "\"b\"");
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            String lines = text.replace("\n", end);
            String given = dialect == GrammarDialect.GBNF ? lines.replace(end + "  two", " two") : lines;
            SentenceCheck.check((Grammar) dialect.newReader().read(given), "+ bb\n- b");
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ANTLR", "LARK", "LARK_BASIC", "LLGUIDANCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void theStartRuleCanBeNamed(GrammarDialect dialect) {
        String text = rule(dialect, "root", "\"a\"") + rule(dialect, "other", "\"b\"");
        GrammarReader<?> reader = dialect.newReader();
        SentenceCheck.check((Grammar) reader.read(text), "+ a\n- b");
        GrammarOptions options = GrammarOptions.DEFAULT.withRoot("other");
        SentenceCheck.check((Grammar) reader.read(text, options, WorkBudget.standard()), "+ b\n- a");
        GrammarOptions wrong = GrammarOptions.DEFAULT.withRoot("othr");
        ReferenceException error =
                assertThrows(ReferenceException.class, () -> reader.read(text, wrong, WorkBudget.standard()));
        assertTrue(String.valueOf(error.getMessage()).contains("did you mean other?"), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ANTLR", "LARK", "LARK_BASIC", "LLGUIDANCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void namesCanStandForFrames(GrammarDialect dialect) {
        GrammarReader<?> reader = dialect.newReader();
        GrammarOptions options = GrammarOptions.DEFAULT.withFrames(Set.of("ticket"));
        Grammar grammar = (Grammar)
                reader.read(rule(dialect, "root", "\"1\"" + comma(dialect) + "ticket"), options, WorkBudget.standard());
        Expression expected = Expression.Sequence.of(Expression.Literal.of("1"), new External("ticket"));
        assertEquals(expected, grammar.rule("root"));
        for (String wrong : List.of("\"1\"", "ticket", "tickets")) {
            String rules = rule(dialect, "root", wrong) + (wrong.equals("ticket") ? rule(dialect, wrong, "\"a\"") : "");
            assertThrows(EspalierException.class, () -> reader.read(rules, options, WorkBudget.standard()), rules);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ANTLR", "LARK", "LARK_BASIC", "LLGUIDANCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void limitsAndCancellationsEndARead(GrammarDialect dialect) {
        GrammarReader<?> reader = dialect.newReader();
        String text = rule(dialect, "root", "\"a\"" + (comma(dialect) + "root").repeat(2_000));
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        WorkBudget stopped = new WorkBudget(Limits.DEFAULT, cancelled);
        assertThrows(CancelledException.class, () -> reader.read(text, stopped));
        limit("maxIrNodes", reader, text, Limits.DEFAULT.withMaxIrNodes(100));
        limit("maxSourceBytes", reader, text, Limits.DEFAULT.withMaxSourceBytes(100));
    }

    private static void limit(String name, GrammarReader<?> reader, String text, Limits limits) {
        LimitExceededException error = assertThrows(
                LimitExceededException.class, () -> reader.read(text, new WorkBudget(limits, new Cancellation())));
        assertEquals(name, error.limit());
    }

    @Test
    void hugeRepeatsAreCounters() {
        Expression expected = new Expression.Repeat(Expression.Literal.of("1"), 0, 2_000_000_000);
        assertEquals(expected, new AbnfReader().read("a = *2000000000\"1\"").rule("a"));
        assertEquals(
                expected,
                new XGrammarReader().read("root ::= \"1\"{0,2000000000}").rule("root"));
        assertEquals(
                new Expression.Repeat(Expression.Literal.of("1"), 2_000_000_000, 2_000_000_000),
                new IsoEbnfReader().read("a = 2000000000 * '1';").rule("a"));
    }

    @Test
    void dialectsAreFoundByNameAndExtension() {
        for (GrammarDialect dialect : GrammarDialect.values()) {
            assertEquals(dialect, GrammarDialect.named(dialect.text()));
        }
        assertEquals(Optional.of(GrammarDialect.GBNF), GrammarDialect.ofFile("a.b/c.gbnf"));
        assertEquals(Optional.of(GrammarDialect.ABNF), GrammarDialect.ofFile("RFC.ABNF"));
        assertEquals(Optional.of(GrammarDialect.EBNF_ISO), GrammarDialect.ofFile("pascal.ebnf"));
        for (String other : List.of("gbnf", "a.gbnf.txt", "-", "", "a.", "schema.json")) {
            assertEquals(Optional.empty(), GrammarDialect.ofFile(other), other);
        }
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> GrammarDialect.named("ebnf-isso"));
        assertEquals(
                "no dialect of grammars is called \"ebnf-isso\", but gbnf, abnf, abnf-bytes, ebnf-iso, ebnf-w3c,"
                        + " ebnf-xgrammar, lark, lark-basic, llguidance, antlr; did you mean ebnf-iso?",
                error.getMessage());
    }
}
