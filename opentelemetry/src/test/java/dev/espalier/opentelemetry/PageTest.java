// SPDX-License-Identifier: Apache-2.0
package dev.espalier.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.PageCode;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.testing.ScriptedModel;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about OpenTelemetry: its code is that between the marks here, its table of metrics is what is told. */
class PageTest {

    // page: begin
    static Assistant watched(LanguageModel model, OpenTelemetry telemetry) {
        return Assistant.of(model, AssistantOptions.DEFAULT.with(AssistantTelemetry.of(telemetry)));
    }
    // page: end

    // page: begin
    static Assistant told(LanguageModel model, OpenTelemetry telemetry) {
        TelemetryOptions options =
                TelemetryOptions.DEFAULT.with(ConventionNames.BOTH).withTexts(true);
        return Assistant.of(model, AssistantOptions.DEFAULT.with(AssistantTelemetry.of(telemetry, options)));
    }
    // page: end

    private static final Path PAGE = Path.of("../docs/frameworks/opentelemetry.md");

    @Test
    void thePageShowsThisCode() throws IOException {
        assertEquals(
                PageCode.tested(Path.of("src/test/java/dev/espalier/opentelemetry/PageTest.java")),
                PageCode.shown(PAGE));
    }

    @Test
    void thePageNamesAllMetricsAndTheirUnits() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        Matcher rows = Pattern.compile("(?m)^\\| `([\\w.]+)` \\| `([^`]+)` \\|").matcher(Files.readString(PAGE));
        while (rows.find()) {
            shown.put(rows.group(1), rows.group(2));
        }
        try (Collected collected = new Collected();
                Assistant assistant = watched(new ScriptedModel(prompt -> "Hello."), collected.sdk());
                Assistant other = told(new ScriptedModel(prompt -> "Hello."), collected.sdk())) {
            assistant.answer(Collected.turn());
            assertThrows(
                    EspalierException.class,
                    () -> other.answer(Collected.turn().with(Output.jsonSchema("{\"type\":7}"))));
            Map<String, String> units = new TreeMap<>();
            collected.metrics().forEach((name, metric) -> units.put(name, metric.getUnit()));
            assertEquals(units, shown);
        }
    }
}
