// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code contentEncoding} and {@code contentMediaType} as assertions. */
class ContentTest {

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String JSON = "{\"type\":\"string\",\"contentMediaType\":\"application/json\"}";
    private static final SchemaOptions CHECKING = SchemaOptions.CHECKING.withContents(true);

    private static boolean isJson(String text) {
        try {
            return !JACKSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** All short texts over a few pieces: good where Jackson says so, read where one can be completed, as soon as said. */
    @Test
    void readingsKnowWhatIsJsonAndHowSoon() {
        for (List<String> pieces : List.of(
                List.of("{", "}", "\"", ":", ",", "1"),
                List.of("[", "]", ",", "1", " "),
                List.of("{", "[", "]", "}", "\"", ":", "1"),
                List.of("-", "0", "1", ".", "e", "+", "E"),
                List.of("\"", "\\", "u", "0", "f", "x", "n"),
                List.of("t", "r", "u", "e", "[", "]", "1"))) {
            Map<String, Integer> least = new HashMap<>();
            walk("", JsonReading.START, pieces, 7, least);
            least.forEach((text, left) -> {
                TextReading reading = read(text);
                int known = reading == null ? Integer.MAX_VALUE : reading.charactersLeft();
                assertTrue(known <= left, () -> text + ": " + known + " instead of " + left);
                // nothing shorter exists with these pieces, so that a better answer would be wrong
                boolean literal = text.contains("\\") || text.chars().anyMatch(c -> "tnf".indexOf(c) >= 0);
                if (known + text.length() <= 7 && !literal) {
                    assertEquals(left, known, text);
                }
            });
        }
    }

    private static int walk(
            String text, @Nullable TextReading reading, List<String> pieces, int length, Map<String, Integer> least) {
        assertEquals(isJson(text), reading != null && reading.isAccepted(), text);
        int best = isJson(text) ? 0 : Integer.MAX_VALUE;
        for (String piece : text.length() < length ? pieces : List.<String>of()) {
            TextReading next = reading == null ? null : reading.next(piece.charAt(0), Integer.MAX_VALUE);
            int after = next == null ? dead(text + piece) : walk(text + piece, next, pieces, length, least);
            best = Math.min(best, after == Integer.MAX_VALUE ? after : after + 1);
        }
        least.put(text, best);
        return best;
    }

    private static int dead(String text) {
        assertFalse(isJson(text), text);
        return Integer.MAX_VALUE;
    }

    private static @Nullable TextReading read(String text) {
        TextReading reading = JsonReading.START;
        for (int i = 0; i < text.length() && reading != null; i++) {
            reading = reading.next(text.charAt(i), Integer.MAX_VALUE);
        }
        return reading;
    }

    @Test
    void charactersThatAreSaidToBeAlikeAre() {
        Random random = new Random(31);
        for (String text : List.of(
                "", "{", "{\"", "{\"a", "{\"a\"", "[", "[1", "[1.", "[1.5", "1e", "1e-", "\"\\", "\"\\u0", "tr", "0",
                "-")) {
            TextReading reading = Objects.requireNonNull(read(text));
            for (int c = 0; c < 0x100; c++) {
                int until = reading.sameUntil(c);
                assertTrue(until >= c);
                TextReading next = reading.next(c, Integer.MAX_VALUE);
                assertEquals(next, reading.next(until, Integer.MAX_VALUE));
                assertEquals(next, reading.next(c + random.nextInt(until - c + 1), Integer.MAX_VALUE));
            }
        }
    }

    @Test
    void framesKeepTheContract() {
        long seed = 5;
        SchemaOptions options = SchemaOptions.DEFAULT.withContents(true);
        for (String schema : List.of(
                JSON,
                "{\"type\":\"string\",\"contentMediaType\":\"application/json\",\"minLength\":3,\"maxLength\":5}",
                "{\"type\":\"string\",\"not\":{\"contentMediaType\":\"application/json\"},\"maxLength\":3}",
                "{\"type\":\"string\",\"contentEncoding\":\"base64\",\"maxLength\":8}",
                "{\"type\":\"string\",\"contentEncoding\":\"base32\"}")) {
            FrameContract.check(
                    new SchemaCompiler().compile(schema, options).automaton().start(), 256, seed++, 8, 14);
        }
    }

    @Test
    void theyAreAnnotationsUnlessAsked() {
        assertTrue(Recogniser.of(JSON, SchemaOptions.CHECKING).accepts("\"{\""));
        assertTrue(new SchemaCompiler()
                .compile("{\"contentMediaType\":\"image/png\"}", SchemaOptions.DEFAULT)
                .report()
                .isExact());
    }

    @Test
    void jsonInAStringIsKeptWhileItIsWritten() {
        assertTrue(new SchemaCompiler().compile(JSON, CHECKING).report().isExact());
        Recogniser json = Recogniser.of(JSON, CHECKING);
        assertTrue(json.accepts("\"{\\\"a\\\": [1, null]}\""));
        assertTrue(json.accepts("\" \\\"\\\\\\\"\\\" \""));
        assertFalse(json.accepts("\"\""));
        assertTrue(json.after("\"{:").isEmpty());
        assertTrue(json.after("\"[1,]").isEmpty());
        assertTrue(Recogniser.of("{\"contentMediaType\":\"application/problem+json; charset=utf-8\"}", CHECKING)
                .after("\"}")
                .isEmpty());
    }

    @Test
    void anOlderDraftKnowsNothingOfContents() {
        String old = "{\"$schema\":\"http://json-schema.org/draft-06/schema#\",\"contentEncoding\":\"base64\"}";
        assertTrue(Recogniser.of(old, CHECKING).accepts("\"%\""));
    }

    @Test
    void encodingsAreThoseOfTheJdkAndTheStandard() {
        Recogniser base64 = Recogniser.of("{\"type\":\"string\",\"contentEncoding\":\"base64\"}", CHECKING);
        Recogniser url = Recogniser.of("{\"type\":\"string\",\"contentEncoding\":\"Base64URL\"}", CHECKING);
        Random random = new Random(8);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            String text = Base64.getEncoder().encodeToString(bytes);
            assertTrue(base64.accepts('"' + text + '"'), text);
            assertTrue(url.accepts('"' + Base64.getUrlEncoder().encodeToString(bytes) + '"'), text);
            assertFalse(base64.accepts('"' + text + "A\""), text);
            ContentEncoding known = Objects.requireNonNull(ContentEncoding.of("base64"));
            assertArrayEquals(bytes, known.decode(text));
        }
        // the test vectors of RFC 4648, section 10
        ContentEncoding base32 = Objects.requireNonNull(ContentEncoding.of("base32"));
        assertEquals("foobar", new String(base32.decode("MZXW6YTBOI======"), StandardCharsets.US_ASCII));
        ContentEncoding hex32 = Objects.requireNonNull(ContentEncoding.of("base32hex"));
        assertEquals("fooba", new String(hex32.decode("CPNMUOJ1"), StandardCharsets.US_ASCII));
        ContentEncoding base16 = Objects.requireNonNull(ContentEncoding.of("base16"));
        assertEquals("foo", new String(base16.decode("666F6F"), StandardCharsets.US_ASCII));
    }

    @Test
    void encodedJsonIsCheckedAtTheEnd() {
        String schema =
                "{\"type\":\"string\",\"contentEncoding\":\"base64\",\"contentMediaType\":\"application/json\"}";
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> new SchemaCompiler().compile(schema, CHECKING));
        assertTrue(String.valueOf(refused.getMessage()).contains("#/contentMediaType"), refused.getMessage());
        Recogniser recogniser = Recogniser.of(schema, CHECKING.allow(Enforcement.CHECKED_AT_END));
        for (String text : List.of("{}", "{:}", "\"\u00e4\"", "[1,2", " 3 ")) {
            String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(isJson(text), recogniser.accepts('"' + encoded + '"'), text);
        }
        String latin = Base64.getEncoder().encodeToString("\"\u00e4\"".getBytes(StandardCharsets.ISO_8859_1));
        assertFalse(recogniser.accepts('"' + latin + '"'));
    }

    @Test
    void whatIsNotKnownIsSaid() {
        for (String keyword : List.of(
                "\"contentEncoding\":\"rot13\"",
                "\"contentMediaType\":\"image/png\"",
                "\"contentEncoding\":\"base64\",\"contentMediaType\":\"image/png\"",
                "\"contentMediaType\":\"application/json\",\"contentSchema\":{}")) {
            String schema = "{" + keyword + "}";
            assertThrows(
                    UnsupportedFeatureException.class, () -> new SchemaCompiler().compile(schema, CHECKING), schema);
            CompileReport report = new SchemaCompiler()
                    .compile(schema, CHECKING.allow(Enforcement.NOT_ENFORCED))
                    .report();
            assertEquals(1, report.inexact().size(), schema);
            assertEquals(Enforcement.NOT_ENFORCED, report.inexact().get(0).enforcement());
        }
    }
}
