// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.ToyCanvas;
import dev.espalier.sampler.diffusion.decode.InfillDecoder;
import dev.espalier.sampler.diffusion.decode.InfillRequest;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import org.junit.jupiter.api.Test;

/** Sizes of gaps by what made-up models make of them. */
class GapSizingTest {

    private final ToyCanvas toy = ToyCanvas.json();

    /** A model that knows what it wants on canvases of some size, and nothing on others. */
    private ToyCanvas.ToyModel sure(int slots) {
        return toy.model((canvas, slot, token) -> canvas.size() == slots && token == toy.id("a") ? 9 : 0);
    }

    private InfillRequest.Builder string(int least, int most) {
        return InfillRequest.builder(
                toy.grammar,
                CanvasLayout.of(
                        CanvasSegment.fixed(toy.ids("[", "\"")),
                        CanvasSegment.gap(least, most),
                        CanvasSegment.fixed(toy.ids("\"", "]"))));
    }

    @Test
    void theSizeIsTakenThatTheModelIsSurestOf() {
        for (int size = 1; size <= 5; size++) {
            InfillResult result = new InfillDecoder(sure(4 + size))
                    .decode(string(0, 8).sizeTrials(9).build());
            assertEquals("[\"" + "a".repeat(size) + "\"]", result.text());
        }
    }

    @Test
    void aPassIsMadeForEachSlotOfEachSizeAndNoneForOneTrial() {
        ToyCanvas.ToyModel model = sure(6);
        InfillResult chosen =
                new InfillDecoder(model).decode(string(1, 4).sizeTrials(9).build());
        assertEquals(6, chosen.canvas().size());
        assertEquals(model.seen.size(), chosen.forwardPasses());
        assertArrayEquals(
                new int[] {5, 6, 6, 7, 7, 7, 8, 8, 8, 8},
                model.seen.subList(0, 10).stream().mapToInt(Canvas::size).toArray());
        InfillResult least = new InfillDecoder(sure(6)).decode(string(1, 4).build());
        assertEquals(5, least.canvas().size());
    }

    @Test
    void sizesThatLeaveNoCompletionAreNotTaken() {
        ToyCanvas pairs = ToyCanvas.of("root ::= \"(\" (\"a\" \"b\")* \")\"", "(", ")", "a", "b", ToyCanvas.END);
        ToyCanvas.ToyModel model = pairs.model((canvas, slot, token) -> canvas.size() % 2 == 1 && token == 2 ? 9 : 0);
        InfillResult result = new InfillDecoder(model)
                .decode(InfillRequest.builder(
                                pairs.grammar,
                                CanvasLayout.of(
                                        CanvasSegment.fixed(pairs.ids("(")),
                                        CanvasSegment.gap(1, 5),
                                        CanvasSegment.fixed(pairs.ids(")"))))
                        .sizeTrials(5)
                        .build());
        assertTrue(result.isComplete());
        assertTrue(model.seen.stream().allMatch(canvas -> canvas.size() % 2 == 0));
    }
}
