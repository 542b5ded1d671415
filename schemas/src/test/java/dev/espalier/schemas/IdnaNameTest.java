package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names of hosts with labels beyond ASCII. */
class IdnaNameTest {

    @Test
    void labelsAreJudgedByIdna2008() {
        IdnaName names = new IdnaName(true);
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
