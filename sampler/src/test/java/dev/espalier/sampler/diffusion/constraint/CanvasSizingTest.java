// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.diffusion.ToyCanvas;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The least sizes of gaps, against trying one layout after the other. */
class CanvasSizingTest {

    private final ToyCanvas toy = ToyCanvas.json();
    private final CanvasParser parser = new CanvasParser(toy.grammar);

    @Test
    void allSizesAtOnceGiveAsFewSlotsAsTryingThem() {
        int completable = 0;
        for (long seed = 0; seed < 400; seed++) {
            CanvasLayout layout = layout(new Random(seed));
            CanvasReader reader = new CanvasReader(parser, new Cancellation());
            int most = layout.slots() + 5;
            Optional<CanvasSizing.Sized> fast = new CanvasSizing(reader, most).least(layout);
            Optional<CanvasSizing.Sized> slow = new CanvasSizing(reader, most).byTrying(layout, 5);
            String where = "seed " + seed + " " + layout;
            assertEquals(
                    slow.map(sized -> sized.layout().slots()),
                    fast.map(sized -> sized.layout().slots()),
                    where);
            fast.ifPresent(sized -> assertTrue(sized.chart().isCompletable(), where));
            completable += fast.isPresent() ? 1 : 0;
        }
        assertTrue(completable > 100, completable + " completable");
    }

    private CanvasLayout layout(Random random) {
        List<CanvasSegment> segments = new ArrayList<>();
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            int least = random.nextInt(2);
            segments.add(
                    switch (random.nextInt(4)) {
                        case 0 -> CanvasSegment.gapFrom(least);
                        case 1 -> CanvasSegment.gap(least, least + random.nextInt(4));
                        default -> CanvasSegment.fixed(random.nextInt(toy.tokens.size() - 1));
                    });
        }
        return CanvasLayout.of(segments);
    }
}
