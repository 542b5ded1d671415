package dev.espalier.sampler.diffusion;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Sizes for gaps that may have several, by what the model makes of them: a heuristic about which texts are likely, not about which are
 * allowed. From left to right, each such gap is shown to the model at some of the sizes at which the canvas is completable, and
 * that one is taken at which the mean logarithm of the probability of the likeliest possible tokens of its slots is highest; of
 * several, the smallest. A size of 0 shows nothing, and is kept only where no other is completable. A gap at the end is left as it is where
 * end tokens can fill it: {@link CanvasGrowth} is for that.
 *
 * <p>The sizes tried are one apart at first, then by about a third larger. Cost: a parse for each, and a forward pass for each
 * that is completable.
 */
final class GapSizing {

    private static final double FACTOR = 1.3;

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
    GapSizing(CanvasReader reader, BiFunction<Canvas, List<Integer>, ModelPass> model, int maxSlots, int trials) {
        this.reader = reader;
        this.model = model;
        this.maxSlots = maxSlots;
        this.trials = trials;
    }

    /** The sizes that the model likes best, from those of a completable layout up. */
    CanvasSizing.Sized best(CanvasSizing.Sized least) {
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
        CanvasSizing.Sized best = from;
        double highest = score(from, segment);
        int room = room(from.layout(), segment);
        int size = from.layout().sizes().get(segment);
        int more = 0;
        for (int trial = 1; trial < trials; trial++) {
            more = Math.max(more + 1, (int) Math.floor((size + more) * FACTOR) - size);
            if (more > room) {
                break;
            }
            CanvasLayout longer = from.layout().grown(segment, more);
            CanvasChart chart = reader.read(longer.canvas(reader.grammar().vocabulary()));
            CanvasSizing.Sized tried = new CanvasSizing.Sized(longer, chart);
            double score = chart.isCompletable() ? score(tried, segment) : Double.NEGATIVE_INFINITY;
            if (score > highest) {
                highest = score;
                best = tried;
            }
        }
        return best;
    }

    private double score(CanvasSizing.Sized sized, int segment) {
        int start = sized.layout().sizes().subList(0, segment).stream()
                .mapToInt(Integer::intValue)
                .sum();
        List<Integer> slots = IntStream.range(
                        start, start + sized.layout().sizes().get(segment))
                .boxed()
                .toList();
        if (slots.isEmpty()) {
            return Double.NEGATIVE_INFINITY;
        }
        ModelPass pass = model.apply(sized.chart().canvas(), slots);
        return slots.stream()
                .mapToDouble(slot -> {
                    int likeliest =
                            pass.law(slot, reader.mask(sized.chart(), slot)).best();
                    return Math.log(pass.rawProbability(slot, likeliest));
                })
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
