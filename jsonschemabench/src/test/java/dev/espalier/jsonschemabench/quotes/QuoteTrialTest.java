// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quotes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generator;
import dev.espalier.jsonschemabench.fields.FieldCase;
import dev.espalier.sprig.Sprig;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class QuoteTrialTest {

    private static FieldCase one(String text, String expected) {
        return new FieldCase("a", "{}", text, JsonMapper.shared().readTree(expected));
    }

    @Test
    void noQuoteIsLikelierThanTheLikeliest() {
        List<FieldCase> cases = List.of(
                one(
                        "Borrower: Rafael Whitfield\nCard number: LB00061",
                        "{\"borrower\":\"Rafael Whitfield\",\"cardNumber\":\"LB00061\",\"colour\":\"red\"}"),
                one(
                        "On 27 June 2026 Siobhan Tanaka (card LB97891) took 7 volumes home.",
                        "{\"borrower\":\"Siobhan Tanaka\"}"));
        try (Generator generator = Sprig.generator()) {
            QuoteTrial trial = new QuoteTrial(generator);
            List<QuoteTrial.Quoted> quoted =
                    cases.stream().flatMap(one -> trial.quote(one).stream()).toList();
            assertEquals(
                    List.of("borrower", "cardNumber", "borrower"),
                    quoted.stream().map(QuoteTrial.Quoted::field).toList());
            for (QuoteTrial.Quoted one : quoted) {
                assertTrue(one.gain() > -1e-4, one.toString());
                assertTrue(one.likeliest().isPresent() && one.questions() > 1);
            }
            assertEquals("Rafael Whitfield", quoted.get(0).likeliest().orElseThrow());
        }
    }
}
