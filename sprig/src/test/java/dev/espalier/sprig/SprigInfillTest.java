// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.backends.LoadOptions;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.decode.InfillDecoder;
import dev.espalier.sampler.diffusion.decode.InfillRequest;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import dev.espalier.sampler.diffusion.policy.BlockSchedule;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The embedded diffusion model under a schema, with all policies and strategies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SprigInfillTest {

    private static final String SCHEMA = """
            {"type":"object","properties":{"recipient":{"type":"string"},"weight":{"type":"integer"},"fragile":{"type":"boolean"}},
             "required":["recipient","weight","fragile"],"additionalProperties":false}""";

    private static final String PROMPT = "Recipient: Dorval\nWeight: 12\nFragile: yes";

    @SuppressWarnings("NullAway.Init") // opened before all tests
    private MaskedDiffusionModel model;

    @SuppressWarnings("NullAway.Init")
    private CanvasParser parser;

    @BeforeAll
    void load() {
        model = SprigDiffusion.load(LoadOptions.DEFAULT);
        CompiledGrammar grammar = new GrammarCompiler(model.vocabulary())
                .compile(new SchemaCompiler()
                        .compile(SCHEMA, SchemaOptions.DEFAULT)
                        .automaton());
        parser = new CanvasParser(grammar);
    }

    @AfterAll
    void close() {
        model.close();
    }

    private InfillRequest.Builder request(CanvasLayout layout) {
        return InfillRequest.builder(parser.grammar(), layout)
                .parser(parser)
                .prompt(SprigDiffusion.prompt(model, PROMPT, Output.jsonSchema(SCHEMA), 64));
    }

    @Test
    void everyPolicyWritesAValidDocument() {
        for (String policy : List.of(
                "even:8",
                "time:8,entropy",
                "threshold:0.9",
                "credit",
                "gap+even:16",
                "consistent+threshold:0.8",
                "remask:0.5,1+fixed:4")) {
            InfillResult result = new InfillDecoder(model)
                    .decode(request(CanvasLayout.blank(40))
                            .policy(CommitPolicies.parse(policy))
                            .blocks(BlockSchedule.parse(policy.startsWith("even") ? "whole" : "adaptive:16"))
                            .build());
            System.out.printf(
                    "%-26s %2d passes, model %3d ms, constraint %3d ms: %s%n",
                    policy,
                    result.forwardPasses(),
                    result.timings().forward() / 1_000_000,
                    result.timings().mask() / 1_000_000,
                    result.text());
            assertTrue(result.isComplete(), policy + result.outcome());
        }
    }

    @Test
    void strategiesSayWhetherTheDocumentIsValid() {
        for (String name : List.of("exact", "any-length", "look-ahead", "unconstrained")) {
            InfillResult result = new InfillDecoder(model)
                    .decode(request(CanvasLayout.blank(40))
                            .strategy(InfillStrategy.parse(name))
                            .policy(CommitPolicies.fixed(4))
                            .build());
            System.out.printf(
                    "%-14s %2d passes, %2d refused, constraint %3d ms, %s: %s%n",
                    name,
                    result.forwardPasses(),
                    result.rejections(),
                    result.timings().mask() / 1_000_000,
                    result.outcome().getClass().getSimpleName(),
                    result.text());
            assertTrue(result.isComplete() || !name.equals("exact"), name);
        }
    }

    @Test
    void aGapInADocumentIsFilledWithWhatThePromptSays() {
        InfillResult result = new InfillDecoder(model)
                .decode(request(CanvasLayout.of(
                                CanvasSegment.fixed(model.encoder().encode("{\"recipient\":\"Dorval\",\"weight\":")),
                                CanvasSegment.gap(1),
                                CanvasSegment.fixed(model.encoder().encode(",\"fragile\":true}"))))
                        .build());
        assertTrue(result.isComplete(), result.outcome().toString());
        assertEquals("{\"recipient\":\"Dorval\",\"weight\":", result.text().substring(0, 31));
        System.out.println("gap: " + result.text());
    }
}
