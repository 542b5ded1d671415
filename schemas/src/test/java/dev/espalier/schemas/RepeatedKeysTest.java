// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.testing.FrameContract;
import dev.espalier.core.error.EspalierException;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where keys may come twice, nothing else changes. */
class RepeatedKeysTest {

    private static final SchemaOptions REPEATED = SchemaOptions.DEFAULT.withRepeatedKeys(true);

    @Test
    void onlyKeysThatTheSchemaDoesNotNameMayComeTwice() {
        String schema = "{\"type\":\"object\",\"properties\":{\"ab\":{\"type\":\"null\"}}}";
        Recogniser recogniser = Recogniser.of(schema, REPEATED);
        assertTrue(recogniser.accepts("{\"ab\":null,\"a\":1,\"a\":2,\"abc\":1,\"abc\":1}"));
        assertFalse(recogniser.accepts("{\"ab\":null,\"ab\":null}"));
        assertFalse(Recogniser.of(schema).accepts("{\"a\":1,\"a\":2}"));
    }

    @Test
    void keysThatComeTwiceAreTwoKeys() {
        Recogniser three = Recogniser.of("{\"type\":\"object\",\"minProperties\":2,\"maxProperties\":3}", REPEATED);
        assertTrue(three.accepts("{\"a\":1,\"a\":2}"));
        assertFalse(three.accepts("{\"a\":1,\"a\":2,\"a\":3,\"a\":4}"));
    }

    @Test
    void charactersOfAnyLengthAndSpellingAreReadInKeys() {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"\u00e9\":{\"type\":\"null\"},\"\ud83d\ude00\":{\"type\":\"null\"}}}";
        for (SchemaOptions options : List.of(REPEATED, SchemaOptions.CHECKING.withRepeatedKeys(true))) {
            Recogniser recogniser = Recogniser.of(schema, options);
            for (String key :
                    List.of("\u00e8", "\u65e5", "\ud83d\ude01", "a\u00e9", "\u00e9\u00e9", "\u0800", "\ud7ff")) {
                assertTrue(recogniser.accepts("{\"" + key + "\":1}"), key);
            }
            for (String key : List.of("\u00e9", "\ud83d\ude00")) {
                assertFalse(recogniser.accepts("{\"" + key + "\":1}"), key);
                assertTrue(recogniser.accepts("{\"" + key + "\":null}"), key);
            }
        }
        Recogniser escaped = Recogniser.of(schema, SchemaOptions.CHECKING.withRepeatedKeys(true));
        assertTrue(escaped.accepts("{\"\\u65e5\\ud83d\\ude01\":1}"));
        assertFalse(escaped.accepts("{\"\\u00e9\":1}"));
        assertFalse(escaped.accepts("{\"\\ud83d\":1}"));
    }

    @Test
    void theReportSaysSo() {
        CompileReport report = new SchemaCompiler().compile("{}", REPEATED).report();
        assertEquals(Enforcement.CHECKED_AT_END, report.inexact().get(0).enforcement());
    }

    @Test
    void textsThatRepeatNoKeyAreJudgedAsEver() {
        List<Object> values = new ArrayList<>(Arrays.asList(null, true, "a", "ab"));
        values.addAll(List.of(BigDecimal.ONE, BigDecimal.TEN));
        int accepted = 0;
        for (long seed = 0; seed < 300; seed++) {
            Map<String, Object> root =
                    new LinkedHashMap<>(new RandomSchemas(new Random(seed), values, true).root(Map.of(), 3));
            String schema = RandomSchemas.json(root);
            Recogniser strict;
            Recogniser repeated;
            try {
                strict = Recogniser.of(schema, SchemaOptions.CHECKING);
                repeated = Recogniser.of(schema, SchemaOptions.CHECKING.withRepeatedKeys(true));
            } catch (EspalierException e) {
                continue;
            }
            if (seed % 10 == 0) {
                FrameContract.check(repeated.start(), 256, seed, 3, 25);
            }
            NearbyDocuments documents = new NearbyDocuments(new Random(seed), root, Draft.DRAFT_2020_12);
            for (int i = 0; i < 20; i++) {
                String text = RandomSchemas.json(documents.next());
                boolean expected = strict.accepts(text);
                assertEquals(expected, repeated.accepts(text), "seed " + seed + " " + schema + " of " + text);
                accepted += expected ? 1 : 0;
            }
        }
        assertTrue(accepted > 300, accepted + " accepted");
    }
}
