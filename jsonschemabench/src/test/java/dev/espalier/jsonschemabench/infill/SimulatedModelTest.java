// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.jsonschemabench.run.Bundled;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.decode.InfillDecoder;
import dev.espalier.sampler.diffusion.decode.InfillRequest;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The model that wants a document and is mistaken in places. */
class SimulatedModelTest {

    private final CompiledGrammar grammar = new GrammarCompiler(ByteTokens.withEnd())
            .compile(new GbnfReader().read(Bundled.text(InfillCases.class, "json.gbnf")));
    private final int[] document = ByteTokens.of("[{\"a\":1},0]");

    private SimulatedModel model(double corruption, long seed) {
        return SimulatedModel.wanting(grammar.vocabulary(), text -> new int[0], document, corruption, 16, seed);
    }

    private int best(SimulatedModel model, Canvas canvas, int slot) {
        float[] row = model.forward(new int[0], canvas, new int[] {slot}).get(0).toArray();
        return IntStream.range(0, row.length)
                .reduce((one, other) -> row[one] >= row[other] ? one : other)
                .orElseThrow();
    }

    @Test
    void withoutCorruptionItWritesItsDocumentAndTheEnd() {
        InfillResult result = new InfillDecoder(model(0, 1))
                .decode(InfillRequest.builder(grammar, CanvasLayout.blank(14)).build());
        assertTrue(result.isComplete());
        assertEquals("[{\"a\":1},0]", result.text());
    }

    @Test
    void corruptedSlotsAreAShareAndHealWithContext() {
        Canvas blank = Canvas.blank(grammar.vocabulary(), document.length);
        Canvas full = Canvas.of(grammar.vocabulary(), document);
        int wrong = 0;
        for (long seed = 0; seed < 200; seed++) {
            SimulatedModel model = model(0.3, seed);
            for (int slot = 0; slot < document.length; slot++) {
                wrong += best(model, blank, slot) == document[slot] ? 0 : 1;
                assertEquals(document[slot], best(model, full.withFree(slot), slot));
            }
        }
        double share = wrong / (200.0 * document.length);
        assertTrue(share > 0.23 && share < 0.34, "share " + share);
    }

    @Test
    void theSeedDecidesEverything() {
        Canvas blank = Canvas.blank(grammar.vocabulary(), 4);
        float[] one =
                model(0.5, 3).forward(new int[0], blank, new int[] {2}).get(0).toArray();
        float[] same = model(0.5, 3)
                .forward(new int[0], blank, new int[] {1, 2})
                .get(1)
                .toArray();
        assertArrayEquals(one, same);
        assertThrows(
                InvalidInputException.class, () -> model(0, 1).forward(new int[0], blank.with(1, 0), new int[] {1}));
        assertThrows(InvalidInputException.class, () -> model(2, 1));
    }

    @Test
    void withCorruptionTheExactStrategyStillWritesSentences() {
        for (long seed = 0; seed < 20; seed++) {
            InfillResult result = new InfillDecoder(model(0.4, seed))
                    .decode(InfillRequest.builder(grammar, CanvasLayout.blank(14))
                            .policy(CommitPolicies.fixed(3))
                            .build());
            assertTrue(result.isComplete(), "seed " + seed + result.outcome());
        }
    }
}
