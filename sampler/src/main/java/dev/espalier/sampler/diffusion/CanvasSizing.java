package dev.espalier.sampler.diffusion;

import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.mask.canvas.CanvasChart;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The least sizes of gaps, from their present ones up, at which a canvas is completable: layouts are tried by their number of slots, of several
 * with as many those first whose last gaps are longest. Cost: one parse for each layout tried; one more if there are several, which
 * tells whether any size will do.
 */
final class CanvasSizing {

    /** With several gaps the layouts of one size are many; so many are tried in all. */
    private static final int MAX_LAYOUTS = 2_000;

    private final CanvasReader reader;
    private final int maxSlots;
    private int tried;

    CanvasSizing(CanvasReader reader, int maxSlots) {
        this.reader = reader;
        this.maxSlots = maxSlots;
    }

    /** A layout whose canvas is completable, with its chart. */
    record Sized(CanvasLayout layout, CanvasChart chart) {}

    /**
     * The least layout within its segments' bounds.
     *
     * @throws LimitExceededException if there are too many layouts to try them all
     */
    Optional<Sized> least(CanvasLayout layout) {
        tried = 0;
        Optional<Sized> found = parsed(layout);
        int last = found.isPresent() || !isCompletableAtSomeSize(layout) ? 0 : last(layout);
        for (int more = 1; more <= last && found.isEmpty(); more++) {
            found = grown(layout, layout.segments().size() - 1, more);
        }
        return found;
    }

    /** Asks about all sizes at once; unless that is too much work, in which case it is left to trying. */
    private boolean isCompletableAtSomeSize(CanvasLayout layout) {
        try {
            return reader.read(layout.elastic(reader.grammar().vocabulary())).isCompletable();
        } catch (LimitExceededException tooMuch) {
            return true;
        }
    }

    /** The least number of slots if every gap could be longer than its bound; empty if that is not found. */
    OptionalInt neededSlots(CanvasLayout layout) {
        List<CanvasSegment> open = layout.segments().stream()
                .map(segment -> segment instanceof CanvasSegment.Gap gap
                        ? new CanvasSegment.Gap(gap.least(), CanvasSegment.UNBOUNDED, gap.least())
                        : segment)
                .toList();
        try {
            return least(new CanvasLayout(open, layout.sizes()))
                    .map(sized -> OptionalInt.of(sized.layout().slots()))
                    .orElse(OptionalInt.empty());
        } catch (LimitExceededException tooMany) {
            return OptionalInt.empty();
        }
    }

    private int last(CanvasLayout layout) {
        long room = 0;
        for (int segment = 0; segment < layout.segments().size(); segment++) {
            room += layout.room(segment);
        }
        return (int) Math.min(room, maxSlots - layout.slots());
    }

    /** Tries all layouts with so many more slots in segments up to {@code segment}. */
    private Optional<Sized> grown(CanvasLayout layout, int segment, int more) {
        if (more == 0 || segment < 0) {
            return more == 0 ? parsed(layout) : Optional.empty();
        }
        for (int here = Math.min(more, layout.room(segment)); here >= 0; here--) {
            CanvasLayout grown = here == 0 ? layout : layout.grown(segment, here);
            Optional<Sized> found = grown(grown, segment - 1, more - here);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Sized> parsed(CanvasLayout layout) {
        if (++tried > MAX_LAYOUTS) {
            throw new LimitExceededException(
                    "layouts", MAX_LAYOUTS, tried, "give the gaps sizes to begin with, or fewer gaps that may grow");
        }
        CanvasChart chart = reader.read(layout.canvas(reader.grammar().vocabulary()));
        return chart.isCompletable() ? Optional.of(new Sized(layout, chart)) : Optional.empty();
    }
}
