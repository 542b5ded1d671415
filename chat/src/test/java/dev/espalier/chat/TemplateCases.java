// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.error.EspalierException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Templates with variables and the text that jinja2 makes of them, one JSON object a line. */
final class TemplateCases {

    /** The time of all cases: that of the script that made them. */
    static final RenderOptions OPTIONS =
            RenderOptions.DEFAULT.withClock(Clock.fixed(Instant.parse("2025-07-10T12:00:00Z"), ZoneOffset.UTC));

    private static final JsonMapper JSON = new JsonMapper();

    private TemplateCases() {}

    /**
     * A case.
     *
     * @param expected the text; null where jinja2 fails
     */
    record Case(
            String name,
            String template,
            Map<String, Object> context,
            @Nullable String expected) {

        /** What comes of it: the text, or the error after an exclamation mark. */
        String outcome() {
            try {
                return ChatTemplate.parse(template, name)
                        .render(context, OPTIONS)
                        .text();
            } catch (EspalierException error) {
                return "!" + error.getMessage();
            }
        }

        boolean isMet() {
            String outcome = outcome();
            return expected == null ? outcome.startsWith("!") : outcome.equals(expected);
        }
    }

    static List<Case> read(InputStream packed) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(JSON.readValue(line, Case.class));
            }
        }
        return cases;
    }

    /** Fails with all cases that come out differently. */
    static void check(List<Case> cases) {
        StringBuilder differences = new StringBuilder();
        for (Case one : cases) {
            if (!one.isMet()) {
                String template = one.template().length() > 300 ? "…" : one.template();
                differences.append(one.name() + ": " + template + "\n  expected " + one.expected() + "\n  found    "
                        + one.outcome() + "\n");
            }
        }
        assertEquals("", differences.toString());
    }
}
