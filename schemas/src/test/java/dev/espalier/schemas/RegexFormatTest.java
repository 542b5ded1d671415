// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.Limits;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The format {@code regex} as a part of schemas. */
class RegexFormatTest {

    private static Recogniser of(String schema) {
        return Recogniser.of(schema, SchemaOptions.CHECKING);
    }

    @Test
    void framesKeepTheContract() {
        long seed = 77;
        for (String schema : List.of(
                "{\"type\":\"string\",\"format\":\"regex\"}",
                "{\"type\":\"string\",\"format\":\"regex\",\"minLength\":3,\"maxLength\":5}",
                "{\"type\":\"string\",\"oneOf\":[{\"format\":\"regex\"},{\"minLength\":3}]}",
                "{\"format\":\"regex\",\"enum\":[\"(a\",\"(a)\",\"(b)\"]}",
                "{\"type\":\"string\",\"not\":{\"format\":\"regex\"},\"maxLength\":2}")) {
            FrameContract.check(
                    new SchemaCompiler()
                            .compile(schema, SchemaOptions.DEFAULT)
                            .automaton()
                            .start(),
                    256,
                    seed++,
                    8,
                    14);
        }
    }

    @Test
    void theOnlyNameThatThereIsRoomForIsReadByteByByte() {
        Recogniser exact = of("{\"type\":\"string\",\"format\":\"regex\",\"maxLength\":15}");
        assertTrue(exact.accepts("\"\\\\k<a\u0136b>(?<a\u0136b>)\""));
        assertFalse(exact.accepts("\"\\\\k<a\u0136b>(?<a\u0137b>)\""));
    }

    @Test
    void aCharacterOfTwoUnitsBehindThreeDigitsIsNoEscape() {
        assertFalse(of("{\"type\":\"string\",\"format\":\"regex\"}").accepts("\"\\\\u004\ud83d\ude00\""));
    }

    @Test
    void lengthsCloseWhatCannotBeCompletedInTime() {
        Recogniser short3 = of("{\"type\":\"string\",\"format\":\"regex\",\"maxLength\":3}");
        assertTrue(short3.accepts("\"(a)\""));
        assertTrue(short3.after("\"((").isEmpty());
        assertTrue(short3.after("\"\\\\1").isEmpty());
        Recogniser at4 = of("{\"type\":\"string\",\"format\":\"regex\",\"maxLength\":4}");
        assertTrue(at4.accepts("\"\\\\1()\""));
        assertFalse(at4.accepts("\"\\\\1\""));
    }

    @Test
    void constantsAreJudgedBeforehand() {
        Recogniser one = of("{\"format\":\"regex\",\"enum\":[\"(a\",\"(a)\",\"(b)\",7]}");
        assertTrue(one.accepts("\"(a)\""));
        assertTrue(one.accepts("7"));
        assertFalse(one.accepts("\"(a\""));
        assertTrue(one.after("\"(a\"").isEmpty());
        Recogniser either = of("{\"anyOf\":[{\"type\":\"string\",\"format\":\"regex\"},{\"const\":\"(\"}]}");
        assertTrue(either.accepts("\"(\""));
        assertTrue(either.accepts("\"a*\""));
        assertFalse(either.accepts("\"((\""));
    }

    @Test
    void aPatternThatOnlyExpressionsMatchStaysExact() {
        String schema = "{\"type\":\"string\",\"format\":\"regex\",\"pattern\":\"^[0-9]{1,3}(\\\\.[0-9]+)?$\"}";
        assertTrue(new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT)
                .report()
                .isExact());
        assertTrue(of(schema).accepts("\"12.5\""));
        Recogniser braces = of("{\"type\":\"string\",\"format\":\"regex\",\"pattern\":\"^[ab*]{2}$\"}");
        assertTrue(braces.accepts("\"a*\""));
        assertTrue(braces.after("\"*").isEmpty());
    }

    @Test
    void aPatternBesideItIsCheckedAtTheEndIfThatIsAllowed() {
        String schema = "{\"type\":\"string\",\"format\":\"regex\",\"pattern\":\"a\"}";
        UnsupportedFeatureException refused = assertThrows(
                UnsupportedFeatureException.class, () -> new SchemaCompiler().compile(schema, SchemaOptions.DEFAULT));
        assertTrue(String.valueOf(refused.getMessage()).contains("#/format"), refused.getMessage());
        CompiledSchema allowed =
                new SchemaCompiler().compile(schema, SchemaOptions.CHECKING.allow(Enforcement.CHECKED_AT_END));
        assertEquals(
                Enforcement.CHECKED_AT_END, allowed.report().inexact().get(0).enforcement());
        Recogniser recogniser = new Recogniser(allowed.automaton().start());
        assertTrue(recogniser.accepts("\"(a)\""));
        assertFalse(recogniser.accepts("\"(b)\""));
        assertFalse(recogniser.accepts("\"(a\""));
    }

    @Test
    void patternsInOtherSchemasOfTheSameTextAreReadExactly() {
        Recogniser read = of("{\"allOf\":[{\"type\":\"string\",\"format\":\"regex\"},{\"pattern\":\"[(]a[)]$\"}]}");
        assertTrue(read.accepts("\"b(a)\""));
        assertFalse(read.accepts("\"b(a\""));
        assertFalse(read.accepts("\"(a)b\""));
        assertFalse(read.after("\"((a)b").isEmpty());
        Recogniser never =
                of("{\"type\":[\"null\",\"string\"],\"allOf\":[{\"format\":\"regex\"},{\"pattern\":\"^b+[)]$\"}]}");
        assertTrue(never.accepts("null"));
        assertTrue(never.after("\"").isEmpty());
        Recogniser late =
                of("{\"properties\":{\"a\":{\"allOf\":[{\"format\":\"regex\"},{\"pattern\":\"^[(]{0,3}a[)]?$\"}]}}}");
        assertTrue(late.accepts("{\"a\":\"(a)\"}"));
        assertTrue(late.accepts("{\"a\":\"a\"}"));
        assertTrue(late.after("{\"a\":\"((").isEmpty());
    }

    @Test
    void whatTheReportCallsExactIsReadExactlyWhereWeakerIsAllowedToo() {
        String schema = "{\"patternProperties\":{\"^a\":{\"format\":\"regex\"},"
                + "\"b$\":{\"type\":\"string\",\"pattern\":\"^[(]*b[)]?$\"}}}";
        CompiledSchema compiled =
                new SchemaCompiler().compile(schema, SchemaOptions.CHECKING.allow(Enforcement.NOT_ENFORCED));
        assertTrue(compiled.report().isExact());
        Recogniser read = new Recogniser(compiled.automaton().start());
        assertTrue(read.accepts("{\"ab\":\"(b)\"}"));
        assertTrue(read.after("{\"ab\":\"((").isEmpty());
    }

    @Test
    void whatIsCheckedAtTheEndInOnePlaceIsReportedSoEverywhere() {
        String schema = "{\"properties\":{\"a\":{\"type\":\"string\",\"format\":\"regex\"},"
                + "\"b\":{\"type\":\"string\",\"format\":\"regex\",\"pattern\":\"a\"}}}";
        CompileReport report = new SchemaCompiler()
                .compile(schema, SchemaOptions.CHECKING.allow(Enforcement.CHECKED_AT_END))
                .report();
        assertEquals(
                List.of("#/properties/a/format", "#/properties/b/format"),
                report.inexact().stream()
                        .map(entry -> entry.pointer().toString())
                        .toList());
    }

    @Test
    void textsThatTwoLanguagesConstrainKeepTheContract() {
        long seed = 97;
        for (String schema : List.of(
                "{\"allOf\":[{\"type\":\"string\",\"format\":\"regex\"},{\"pattern\":\"^[(]{0,4}a[)]{0,2}$\"}]}")) {
            FrameContract.check(
                    new SchemaCompiler()
                            .compile(schema, SchemaOptions.DEFAULT)
                            .automaton()
                            .start(),
                    256,
                    seed++,
                    2,
                    7);
        }
    }

    @Test
    void groupsThatNothingMayCloseAreNotOpened() {
        Recogniser texts =
                of("{\"allOf\":[{\"type\":\"string\",\"format\":\"regex\"},{\"pattern\":\"^a*([(][^)]*)*$\"}]}");
        assertTrue(texts.accepts("\"aa\""));
        assertTrue(texts.after("\"a(").isEmpty());
        Recogniser two =
                of("{\"allOf\":[{\"type\":\"string\",\"format\":\"regex\"},{\"pattern\":\"^[(]*(a[)]){0,2}$\"}]}");
        assertTrue(two.accepts("\"((a)a)\""));
        assertFalse(two.accepts("\"((a)\""));
        assertTrue(two.after("\"(((").isEmpty());
        Recogniser keys = of("{\"type\":\"object\",\"propertyNames\":{\"format\":\"regex\"},"
                + "\"patternProperties\":{\"^a*([(][^)]*)*$\":true},\"additionalProperties\":false}");
        assertTrue(keys.accepts("{\"aa\":1}"));
        assertTrue(keys.after("{\"a(").isEmpty());
    }

    @Test
    void keysThatMustBeLongAreNotSearchedShort() {
        SchemaOptions little = SchemaOptions.CHECKING.withLimits(Limits.DEFAULT.withMaxCompileBytes(8L << 20));
        String schema = "{\"type\":\"object\",\"minProperties\":2,\"propertyNames\":"
                + "{\"type\":\"string\",\"format\":\"regex\",\"minLength\":9,\"maxLength\":40}}";
        Stepper stepper = new Stepper(Limits.DEFAULT);
        Recogniser objects = Recogniser.of(schema, little);
        assertEquals("aaaaaaaaa\":0,\"aaaaaaaab\":0}".length(), stepper.distance(objects.after("{\"")));
        assertEquals("c>(?<c>)\":0,\"aaaaaaaaa\":0}".length(), stepper.distance(objects.after("{\"a[b]\\\\k<")));
        assertEquals("b]aaaaa\":0,\"aaaaaaaaa\":0}".length(), stepper.distance(objects.after("{\"a[")));
    }

    @Test
    void keysKeepTheContract() {
        long seed = 99;
        for (String names : List.of(
                "\"minLength\":3,\"maxLength\":5",
                "\"pattern\":\"^[(a)]{2,4}$\"",
                "\"not\":{\"enum\":[\"\",\"a\",\"b\",\"()\"]},\"maxLength\":2")) {
            String schema = "{\"type\":\"object\",\"minProperties\":2,\"additionalProperties\":{\"const\":0},"
                    + "\"propertyNames\":{\"format\":\"regex\"," + names + "}}";
            FrameContract.check(
                    new SchemaCompiler()
                            .compile(schema, SchemaOptions.CHECKING)
                            .automaton()
                            .start(),
                    256,
                    seed++,
                    2,
                    9);
        }
    }
}
