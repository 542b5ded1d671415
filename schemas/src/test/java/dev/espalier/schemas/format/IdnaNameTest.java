// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names of hosts with labels beyond ASCII. */
class IdnaNameTest {

    @Test
    void labelsAreJudgedByIdna2008() {
        IdnaName names = new IdnaName();
        for (String good : List.of("bücher.example", "xn--bcher-kva.example", "l·l", "παράδειγμα", "क्‍ष")) {
            assertTrue(names.test(good), good);
        }
        for (String bad : List.of(
                "Bücher", "xn--bcher-kvb", "xn--", "xn--a", "a·l", "-ü", "ü-", "a..ü", "aא", "☃", "ü".repeat(70))) {
            assertFalse(names.test(bad), bad);
        }
    }

    @Test
    void punycodeIsReadBackAsItWasWritten() {
        long seed = 3492;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                int c = random.nextInt(random.nextBoolean() ? 0x250 : 0x110000);
                text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 'a' : c);
            }
            String written = Punycode.encode(text.toString());
            assertEquals(text.toString(), Punycode.decode(written), () -> "seed " + seed + ": " + written);
        }
    }

    @Test
    void namesInAsciiAreReadAsIdnaJudgesThem() {
        long seed = Long.getLong("espalier.schemas.seed", 20261121);
        Random random = new Random(seed);
        List<String> labels = List.of(
                "a",
                "x",
                "XN",
                "xn-a",
                "1",
                "9z",
                "xn--bcher-kva",
                "Xn--BCHER-kva",
                "xn--4dbrk0ce",
                "xn--mgba3a4f",
                "xn--a",
                "xn--",
                "xn--1",
                "xn--l-fda",
                "xn--1ch",
                "a1");
        String letters = "axnXN-19bé.";
        IdnaName oracle = new IdnaName();
        int good = 0;
        for (int i = 0; i < 40_000; i++) {
            StringBuilder text = new StringBuilder(labels.get(random.nextInt(labels.size())));
            for (int more = random.nextInt(3); more > 0; more--) {
                text.append('.').append(labels.get(random.nextInt(labels.size())));
            }
            for (int edits = random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, letters.charAt(random.nextInt(letters.length() - 2)));
            }
            String name = text.toString();
            if (!name.matches("[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*")) {
                continue;
            }
            boolean expected = oracle.test(name);
            good += expected ? 1 : 0;
            assertEquals(expected, new ALabels.Kind().contains(name), () -> "seed " + seed + ": " + name);
        }
        assertTrue(good > 1_000, good + " names");
    }

    @Test
    void charactersThatAreAlikeLeadToTheSameReading() {
        TextReading start = Objects.requireNonNull(new ALabels.Kind().begin());
        for (String begun : List.of("", "x", "Xn-", "xn--4db", "a", "a.", "1.b", "xn--4dbrk0ce.")) {
            TextReading reading = start;
            for (int i = 0; i < begun.length(); i++) {
                reading = Objects.requireNonNull(reading.next(begun.charAt(i), Integer.MAX_VALUE));
            }
            for (int c = 0; c < 0x300; c++) {
                for (int same = c; same <= Math.min(reading.sameUntil(c), 0x300); same++) {
                    assertEquals(reading.next(c, 9), reading.next(same, 9), begun + " " + c + " " + same);
                }
                for (int alike = c; alike <= Math.min(reading.alikeUntil(c), 0x300); alike++) {
                    assertEquals(reading.next(c, 9) == null, reading.next(alike, 9) == null, begun + " " + c);
                }
            }
        }
    }

    @Test
    void hostNamesDecodeALabelsWhereChecksAreAllowed() {
        String schema = "{\"type\":\"string\",\"format\":\"hostname\"}";
        Recogniser plain = Recogniser.of(schema, SchemaOptions.CHECKING);
        Recogniser checked = Recogniser.of(schema, SchemaOptions.CHECKING.allow(Enforcement.CHECKED_AT_END));
        assertTrue(plain.accepts("\"xn--x\""));
        assertFalse(checked.accepts("\"xn--x\""));
        assertTrue(checked.accepts("\"xn--bcher-kva.example\""));
        assertTrue(checked.accepts("\"example.com\""));
    }

    @Test
    void olderDraftsKnowNoALabels() {
        String schema = "{\"$schema\":\"http://json-schema.org/draft-06/schema#\",\"format\":\"hostname\"}";
        SchemaOptions options = SchemaOptions.CHECKING.allow(Enforcement.CHECKED_AT_END);
        assertTrue(new SchemaCompiler().compile(schema, options).report().isExact());
        assertTrue(Recogniser.of(schema, options).accepts("\"xn--x\""));
    }

    @Test
    void theReportSaysWhatIsTakenForAHostName() {
        CompileReport report = new SchemaCompiler()
                .compile("{\"format\":\"hostname\"}", SchemaOptions.DEFAULT)
                .report();
        assertTrue(report.isExact());
        assertTrue(report.entries().get(0).reason().contains("xn--"));
    }
}
