// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two other validators agree with the engine on random schemas and documents; {@link DifferentialRun} goes on for longer. */
class DifferentialTest {

    private static final int PAIRS = Integer.getInteger("espalier.schemas.pairs", 4_000);
    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261120);

    @Test
    void otherValidatorsAgreeOnRandomPairs() {
        DifferentialRun run = new DifferentialRun(SEED);
        while (run.pairs < PAIRS) {
            run.next();
        }
        System.out.println(run.summary());
        assertEquals(Map.of(), run.wrong);
        assertTrue(run.accepted > PAIRS / 4 && run.accepted < PAIRS * 3 / 4, "valid: " + run.accepted);
        assertTrue(run.unjudged < PAIRS / 1000, "without a verdict: " + run.unjudged);
    }

    @Test
    void everyDisputeHasAnExampleAndAnExplanation() throws IOException {
        String explanations = Files.readString(Path.of("..", "docs", "reference", "validators.md"));
        OtherValidators others = new OtherValidators();
        Disputes disputes = Disputes.read();
        for (Disputes.Dispute dispute : disputes.all()) {
            Draft draft = switch (dispute.drafts()) {
                case "4" -> Draft.DRAFT_4;
                case "201909" -> Draft.DRAFT_2019_09;
                default -> Draft.DRAFT_2020_12;
            };
            String schema = "{\"$schema\":\"" + DraftSchemas.uri(draft) + "\","
                    + dispute.exampleSchema().substring(1);
            boolean ours = Recogniser.of(schema, SchemaOptions.CHECKING).accepts(dispute.exampleDocument());
            boolean first = Boolean.TRUE.equals(others.first(schema).accepts(dispute.exampleDocument()));
            boolean second = Boolean.TRUE.equals(others.second(schema).accepts(dispute.exampleDocument()));
            boolean theirs = dispute.who().equals("networknt") ? first : second;
            boolean blamed = Runtime.version().feature() <= dispute.lastJava();
            assertFalse(blamed && theirs == ours, dispute.name() + " is no dispute any more");
            assertTrue(explanations.contains("\n### " + dispute.name() + "\n"), dispute.name() + " is not explained");
        }
    }

    @Test
    void pairsAreMadeMinimal() {
        Object schema = Map.of(
                "$schema", "s", "items", Map.of("not", Map.of("minLength", BigDecimal.ONE, "maximum", BigDecimal.TEN)));
        PairShrinker smallest = new PairShrinker(
                schema, "[1, {\"a\": \"\\u0062\"}]", (s, d) -> s.contains("minLength") && d.contains("b"));
        assertNotNull(smallest.schema);
        assertEquals("{\"$schema\":\"s\",\"minLength\":1}", SpelledJson.plain(smallest.schema));
        assertEquals("\"b\"", smallest.document);
    }
}
