// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ColdResultTest {

    private static final ColdVariant VARIANT = ColdVariant.all().get(1);
    private static final String LINE = "40.5 7.0 0.0 100.0 2.5 9.0 600.0 1234\n";

    @Test
    void whatAMachinePrintedComesThroughTheResultsFile() {
        ColdResult printed = ColdResult.of("a schema", VARIANT, 3, LINE);
        assertEquals(150.0, printed.toFirstMask());
        assertEquals(1_234, printed.nodes());
        ColdResult read = ResultJson.read(JsonMapper.shared().readTree(printed.toJson()), ColdResult.class);
        assertEquals(printed, read);
        assertThrows(IllegalArgumentException.class, () -> ColdResult.of("a schema", VARIANT, 3, "Error: 1"));
        assertThrows(
                JacksonException.class,
                () -> ResultJson.read(JsonMapper.shared().readTree("{\"id\":\"x\"}"), ColdResult.class));
    }

    @Test
    void mediansAreOfLikeStarts() {
        View view = new ColdView(List.of(
                        ColdResult.of("s", VARIANT, 0, LINE),
                        ColdResult.of("s", VARIANT, 1, LINE.replace("40.5", "20.5")),
                        ColdResult.of("s", ColdVariant.all().get(0), 0, LINE.replace("40.5", "99.5"))))
                .view("", "");
        assertEquals(
                140.0,
                view.toJson()
                        .path("s")
                        .path(VARIANT.toString())
                        .path("toFirstMask")
                        .asDouble());
        assertTrue(view.toString().contains("209.0"), view.toString());
    }

    @Test
    void waysToStartDifferByNameAndOptions() {
        Set<String> names = new HashSet<>();
        ColdVariant.all().forEach(variant -> names.add(variant.toString()));
        assertEquals(ColdVariant.all().size(), names.size());
        List<String> own = List.of("-Xmx1g", "-XX:SharedArchiveFile=a.jsa");
        assertTrue(ColdVariant.all().get(4).options(own).contains("-XX:SharedArchiveFile=a.jsa"));
        assertFalse(ColdVariant.all().get(4).options(own).contains("-Xmx1g"));
        assertEquals(List.of(), ColdVariant.all().get(0).options(own));
    }
}
