// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of names that were probably meant otherwise. */
class MisspeltNamesTest {

    private static List<String> notes(String schema) {
        return new SchemaCompiler()
                .compile(schema, SchemaOptions.DEFAULT).report().entries().stream()
                        .filter(entry -> !entry.reason().isEmpty())
                        .map(CompileReport.Entry::toString)
                        .toList();
    }

    @Test
    void unknownKeywordsCloseToKnownOnesAreReported() {
        assertEquals(
                List.of("#/propertys EXACT: an unknown keyword, without effect; did you mean properties?"),
                notes("{\"type\":\"object\",\"propertys\":{\"a\":{}}}"));
        assertEquals(List.of(), notes("{\"title\":\"x\",\"x-order\":1,\"examples\":[1],\"nullable\":true}"));
    }

    @Test
    void unknownFormatsCloseToKnownOnesAreReported() {
        assertEquals(
                List.of("#/format EXACT: an unknown format, without effect; did you mean date-time?"),
                notes("{\"format\":\"date_time\"}"));
        assertEquals(List.of(), notes("{\"format\":\"colour\"}"));
    }

    @Test
    void typesAndReferencesAreAskedFor() {
        assertAsked("{\"type\":\"objekt\"}", "found \"objekt\"; did you mean object?");
        assertAsked(
                "{\"$ref\":\"#/$defs/wrod\",\"$defs\":{\"word\":{}}}",
                "there is no \"wrod\" at #/$defs; did you mean word?");
    }

    private static void assertAsked(String schema, String message) {
        EspalierException e = assertThrows(EspalierException.class, () -> notes(schema));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }
}
