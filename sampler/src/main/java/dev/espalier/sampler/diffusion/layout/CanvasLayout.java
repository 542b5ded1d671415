// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.layout;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasBuilder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Segments, and how many slots each of them has at present: what tells where a canvas may grow. Immutable, thread-safe.
 *
 * @param segments fixed text and gaps, in order
 * @param sizes the slots of each segment, within its bounds; that of fixed text is the number of its tokens
 */
public record CanvasLayout(List<CanvasSegment> segments, List<Integer> sizes) {

    /**
     * Copies both lists.
     *
     * @throws InvalidInputException if a size is outside its segment's bounds, or there is not one for each segment
     */
    public CanvasLayout {
        Objects.requireNonNull(segments, "segments");
        Objects.requireNonNull(sizes, "sizes");
        segments = List.copyOf(segments);
        sizes = List.copyOf(sizes);
        if (segments.size() != sizes.size()) {
            throw new InvalidInputException(segments.size() + " segments, but " + sizes.size() + " sizes");
        }
        for (int i = 0; i < sizes.size(); i++) {
            int size = sizes.get(i);
            if (size < least(segments.get(i)) || size > most(segments.get(i))) {
                throw new InvalidInputException(
                        "segment " + i + ", " + segments.get(i) + ", cannot have " + size + " slots");
            }
        }
    }

    /** Segments with their initial sizes. */
    public static CanvasLayout of(CanvasSegment... segments) {
        return of(List.of(segments));
    }

    /** Segments with their initial sizes. */
    public static CanvasLayout of(List<CanvasSegment> segments) {
        return new CanvasLayout(
                segments,
                segments.stream()
                        .map(segment -> segment instanceof CanvasSegment.Gap gap ? gap.initial() : least(segment))
                        .toList());
    }

    /** One gap of exactly so many slots. */
    public static CanvasLayout blank(int slots) {
        return of(CanvasSegment.gap(slots));
    }

    /** A segment for each slot of a canvas: its fixed tokens, and gaps of exactly the free slots between. */
    public static CanvasLayout of(Canvas canvas) {
        Objects.requireNonNull(canvas, "canvas");
        List<CanvasSegment> segments = new ArrayList<>();
        for (int slot = 0; slot < canvas.size(); ) {
            int start = slot;
            boolean free = canvas.isFree(start);
            while (slot < canvas.size() && canvas.isFree(slot) == free) {
                slot++;
            }
            int end = slot;
            segments.add(
                    free
                            ? CanvasSegment.gap(end - start)
                            : CanvasSegment.fixed(IntStream.range(start, end)
                                    .map(canvas::token)
                                    .toArray()));
        }
        return of(segments);
    }

    private static int least(CanvasSegment segment) {
        return segment instanceof CanvasSegment.Gap gap
                ? gap.least()
                : ((CanvasSegment.Fixed) segment).tokens().size();
    }

    private static int most(CanvasSegment segment) {
        return segment instanceof CanvasSegment.Gap gap ? gap.most() : least(segment);
    }

    /** The number of slots of all segments. */
    public int slots() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    /** How many more slots a segment can have; {@link CanvasSegment#UNBOUNDED} where there is no bound. */
    public int room(int segment) {
        int most = most(segments.get(segment));
        return most == CanvasSegment.UNBOUNDED ? most : most - sizes.get(segment);
    }

    /** The segment of a slot. */
    public int segmentOf(int slot) {
        int end = 0;
        for (int i = 0; i < sizes.size(); i++) {
            end += sizes.get(i);
            if (slot < end) {
                return i;
            }
        }
        throw new InvalidInputException("slot " + slot + " is outside the layout of " + end + " slots");
    }

    /** These segments, one of them with more slots; throws as the constructor. */
    public CanvasLayout grown(int segment, int more) {
        List<Integer> changed = new ArrayList<>(sizes);
        changed.set(segment, changed.get(segment) + more);
        return new CanvasLayout(segments, changed);
    }

    /** The canvas: fixed text stands, all gaps are free. */
    public Canvas canvas(Vocabulary vocabulary) {
        Objects.requireNonNull(vocabulary, "vocabulary");
        IntStream.Builder tokens = IntStream.builder();
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof CanvasSegment.Fixed fixed) {
                fixed.tokens().forEach(tokens::add);
            } else {
                IntStream.range(0, sizes.get(i)).forEach(slot -> tokens.add(Canvas.FREE));
            }
        }
        return Canvas.of(vocabulary, tokens.build().toArray());
    }

    /** A canvas of all sizes from the present ones up, with at most so many more slots: they may be absent, or are endless. */
    public Canvas elastic(Vocabulary vocabulary, int more) {
        CanvasBuilder canvas = Canvas.builder(vocabulary);
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof CanvasSegment.Fixed fixed) {
                fixed.tokens().forEach(canvas::tokens);
            } else if (room(i) == CanvasSegment.UNBOUNDED) {
                canvas.gapFrom(sizes.get(i));
            } else {
                canvas.gap(sizes.get(i), sizes.get(i) + Math.min(room(i), more));
            }
        }
        return canvas.build();
    }

    /**
     * These segments at the sizes that they have in a canvas of theirs, none smaller than at present. Of gaps with nothing between them, those
     * on the left take what they can.
     */
    public CanvasLayout sizedAs(Canvas canvas) {
        List<Integer> found = new ArrayList<>();
        int slot = 0;
        for (int i = 0; i < segments.size(); i++) {
            int size = sizes.get(i);
            if (segments.get(i) instanceof CanvasSegment.Gap) {
                int free = slot;
                while (free < canvas.size() && canvas.isFree(free)) {
                    free++;
                }
                int more = free - slot - size;
                for (int next = i + 1; next < segments.size() && isPassable(next); next++) {
                    more -= segments.get(next) instanceof CanvasSegment.Gap ? sizes.get(next) : 0;
                }
                size += Math.min(more, room(i));
            }
            found.add(size);
            slot += size;
        }
        return new CanvasLayout(segments, found);
    }

    /** Whether no fixed token stands in a segment. */
    private boolean isPassable(int segment) {
        return segments.get(segment) instanceof CanvasSegment.Gap || sizes.get(segment) == 0;
    }

    /** A canvas of all sizes: gaps are endless. */
    public Canvas endless(Vocabulary vocabulary) {
        IntStream.Builder tokens = IntStream.builder();
        for (CanvasSegment segment : segments) {
            if (segment instanceof CanvasSegment.Fixed fixed) {
                fixed.tokens().forEach(tokens::add);
            } else {
                tokens.add(Canvas.ENDLESS);
            }
        }
        return Canvas.of(vocabulary, tokens.build().toArray());
    }
}
