// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.diffusion.policy.CanvasGrowth;
import dev.espalier.sampler.draw.MaskedLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Sizes of gaps that may have several, chosen by the probabilities of the model: a heuristic about which texts are likely,
 * not about which are allowed. From left to right, each such gap is filled at some of the sizes at which the canvas is
 * completable, the surest token first, and that size is taken at which the mean logarithm of the model's probability of
 * these tokens is highest; of several, the largest. What it was filled with is dropped. A size of 0 shows nothing, and is
 * kept only where no other is completable. A gap at the end is left as it is where end tokens can fill it:
 * {@link CanvasGrowth} is for that.
 *
 * <p>The sizes tried are one apart at first, then by about a third larger. Cost: for each of
 * them a forward pass and a parse for each slot of the gap.
 */
public final class GapSizing {

    private static final double FACTOR = 1.3;

    /** In nats: sizes that differ by less are as good, and the text that says more is taken. */
    private static final double SLACK = 0.01;

    private final CanvasReader reader;
    private final BiFunction<Canvas, List<Integer>, ModelPass> model;
    private final int maxSlots;
    private final int trials;

    /**
     * For one run.
     *
     * @param model a forward pass over a canvas for some free slots
     * @param trials how many sizes of a gap are tried
     */
    public GapSizing(
            CanvasReader reader, BiFunction<Canvas, List<Integer>, ModelPass> model, int maxSlots, int trials) {
        this.reader = reader;
        this.model = model;
        this.maxSlots = maxSlots;
        this.trials = trials;
    }

    /** The sizes that the model likes best, from those of a completable layout up. */
    public CanvasSizing.Sized best(CanvasSizing.Sized least) {
        CanvasSizing.Sized best = least;
        for (int segment = 0; segment < least.layout().segments().size(); segment++) {
            boolean isPadded = segment == least.layout().segments().size() - 1
                    && reader.grammar().vocabulary().endIds().length > 0;
            if (trials > 1 && !isPadded && room(best.layout(), segment) > 0) {
                best = best(best, segment);
            }
        }
        return best;
    }

    private int room(CanvasLayout layout, int segment) {
        return Math.min(layout.room(segment), maxSlots - layout.slots());
    }

    private CanvasSizing.Sized best(CanvasSizing.Sized from, int segment) {
        List<CanvasSizing.Sized> tried = new ArrayList<>(List.of(from));
        int room = room(from.layout(), segment);
        int size = from.layout().sizes().get(segment);
        int more = 0;
        for (int trial = 1; trial < trials; trial++) {
            more = Math.max(more + 1, (int) Math.floor((size + more) * FACTOR) - size);
            if (more > room) {
                break;
            }
            CanvasLayout longer = from.layout().grown(segment, more);
            tried.add(new CanvasSizing.Sized(
                    longer, reader.read(longer.canvas(reader.grammar().vocabulary()))));
        }
        double[] scores =
                tried.stream().mapToDouble(sized -> score(sized, segment)).toArray();
        double highest = Arrays.stream(scores).max().orElseThrow();
        int last = tried.size() - 1;
        while (scores[last] < highest - SLACK) {
            last--;
        }
        return tried.get(last);
    }

    /** The mean logarithm of the probabilities of the tokens with which the model fills a gap, all other gaps left free. */
    private double score(CanvasSizing.Sized sized, int segment) {
        int size = sized.layout().sizes().get(segment);
        if (size == 0 || !sized.chart().isCompletable()) {
            return Double.NEGATIVE_INFINITY;
        }
        int start = sized.layout().sizes().subList(0, segment).stream()
                .mapToInt(Integer::intValue)
                .sum();
        Canvas canvas = sized.chart().canvas();
        CanvasChart chart = sized.chart();
        double sum = 0;
        for (List<Integer> free = free(canvas, start, size); !free.isEmpty(); free = free(canvas, start, size)) {
            ModelPass pass = model.apply(canvas, free);
            CanvasChart now = chart;
            SlotScore surest = free.stream()
                    .map(slot -> {
                        MaskedLaw law = pass.law(slot, reader.mask(now, slot));
                        return new SlotScore(slot, law.best(), law);
                    })
                    .max(Comparator.comparingDouble(SlotScore::confidence))
                    .orElseThrow();
            sum += Math.log(surest.rawConfidence());
            canvas = canvas.with(surest.slot(), surest.token());
            chart = reader.read(canvas);
        }
        return sum / size;
    }

    private static List<Integer> free(Canvas canvas, int start, int size) {
        return IntStream.range(start, start + size)
                .filter(canvas::isFree)
                .boxed()
                .toList();
    }
}
