// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.layout.CanvasSegment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The least sizes of gaps, from their present ones up, at which a canvas is completable.
 *
 * <p>If only the gap at the end can grow and there is an end token, more slots leave more completions, and the least number is
 * found by bisection. Else all sizes are asked about at once, as a canvas with slots that may be absent; where that takes too much memory, layouts
 * are tried by their number of slots. Before that the canvas is asked about with gaps of any length: if that has no completion, no
 * size has one.
 */
@FastPath(oracle = "CanvasSizingTest")
public final class CanvasSizing {

    /** With several gaps the layouts of one size are many; so many are tried in all. */
    private static final int MAX_LAYOUTS = 2_000;

    /** So many more slots are tried for a canvas that is not going to be filled. */
    private static final int MAX_NEEDED = 256;

    private final CanvasReader reader;
    private final int maxSlots;
    private int tried;

    public CanvasSizing(CanvasReader reader, int maxSlots) {
        this.reader = reader;
        this.maxSlots = maxSlots;
    }

    /** A layout whose canvas is completable, with its chart. */
    public record Sized(CanvasLayout layout, CanvasChart chart) {}

    /**
     * The least layout within its segments' bounds.
     *
     * @throws LimitExceededException if there are too many layouts to try them all
     */
    public Optional<Sized> least(CanvasLayout layout) {
        return least(layout, maxSlots);
    }

    /** The least number of slots if every gap could be longer than its bound; empty if that is not found. */
    public OptionalInt neededSlots(CanvasLayout layout) {
        List<CanvasSegment> open = layout.segments().stream()
                .map(segment -> segment instanceof CanvasSegment.Gap gap
                        ? new CanvasSegment.Gap(gap.least(), CanvasSegment.UNBOUNDED, gap.least())
                        : segment)
                .toList();
        try {
            return least(new CanvasLayout(open, layout.sizes()), Math.min(maxSlots, layout.slots() + MAX_NEEDED))
                    .map(sized -> OptionalInt.of(sized.layout().slots()))
                    .orElse(OptionalInt.empty());
        } catch (LimitExceededException tooMany) {
            return OptionalInt.empty();
        }
    }

    private Optional<Sized> least(CanvasLayout layout, int most) {
        tried = 0;
        Optional<Sized> found = parsed(layout);
        long room = Math.min(room(layout), most - layout.slots());
        if (found.isPresent() || room <= 0 || !isCompletableAtAnyLength(layout)) {
            return found;
        }
        if (growsAtTheEndOnly(layout)) {
            return bisected(layout, (int) room);
        }
        return ofAllSizes(layout, (int) room);
    }

    /** Asks about all sizes at once; where that takes too much, one layout after the other. */
    private Optional<Sized> ofAllSizes(CanvasLayout layout, int room) {
        try {
            return reader.least(layout.elastic(reader.grammar().vocabulary(), room), room)
                    .flatMap(canvas -> parsed(layout.sizedAs(canvas)));
        } catch (LimitExceededException tooMuch) {
            return byTrying(layout, room);
        }
    }

    /** The oracle of the above: layouts with few more slots before those with many. */
    Optional<Sized> byTrying(CanvasLayout layout, int room) {
        Optional<Sized> found = parsed(layout);
        for (int more = 1; more <= room && found.isEmpty(); more++) {
            found = grown(layout, layout.segments().size() - 1, more);
        }
        return found;
    }

    private static long room(CanvasLayout layout) {
        return IntStream.range(0, layout.segments().size())
                .mapToLong(layout::room)
                .sum();
    }

    /** A necessary condition, cheap to ask; unless it is too much work, in which case it is left to trying. */
    private boolean isCompletableAtAnyLength(CanvasLayout layout) {
        try {
            return reader.read(layout.endless(reader.grammar().vocabulary())).isCompletable();
        } catch (LimitExceededException | CompileTimeoutException tooMuch) {
            return true;
        }
    }

    private boolean growsAtTheEndOnly(CanvasLayout layout) {
        int last = layout.segments().size() - 1;
        return reader.grammar().vocabulary().endIds().length > 0
                && IntStream.range(0, last).allMatch(segment -> layout.room(segment) == 0);
    }

    private Optional<Sized> bisected(CanvasLayout layout, int room) {
        int last = layout.segments().size() - 1;
        int tooFew = 0;
        int more = 1;
        Optional<Sized> found = parsed(layout.grown(last, more));
        while (found.isEmpty() && more < room) {
            tooFew = more;
            more = (int) Math.min(room, 2L * more);
            found = parsed(layout.grown(last, more));
        }
        for (int enough = more; found.isPresent() && enough - tooFew > 1; ) {
            int middle = (tooFew + enough) >>> 1;
            Optional<Sized> smaller = parsed(layout.grown(last, middle));
            tooFew = smaller.isPresent() ? tooFew : middle;
            enough = smaller.isPresent() ? middle : enough;
            found = smaller.isPresent() ? smaller : found;
        }
        return found;
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
        Canvas canvas = layout.canvas(reader.grammar().vocabulary());
        CanvasChart chart = reader.read(canvas);
        return chart.isCompletable() ? Optional.of(new Sized(layout, chart)) : Optional.empty();
    }
}
