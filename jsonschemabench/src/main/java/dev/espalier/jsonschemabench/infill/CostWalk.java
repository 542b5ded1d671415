// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.infill.CostResult.End;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.token.TokenMask;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Fills canvases slot by slot in random order with random tokens of their masks, and takes the time of each reading: all masks of the
 * canvas after a commit. One thread, and no other in the process, for the heap.
 */
final class CostWalk {

    /** Slots of a run that stays fixed, or is freed. */
    private static final int RUN = 8;

    private final String source;
    private final CompiledGrammar grammar;
    private final Cancellation stop;
    private final long seed;
    private final long nanos;

    /**
     * Walks under a grammar.
     *
     * @param stop ends a walk soon
     * @param nanos how long one walk may take
     */
    CostWalk(String source, CompiledGrammar grammar, Cancellation stop, long seed, long nanos) {
        this.source = source;
        this.grammar = grammar;
        this.stop = stop;
        this.seed = seed;
        this.nanos = nanos;
    }

    /** Both forms of a canvas: blank, then with gaps in what was written on it. */
    List<CostResult> run(int slots) {
        Canvas blank = Canvas.blank(grammar.vocabulary(), slots);
        Walk first = new Walk(CostForm.BLANK, blank);
        CostResult whole = first.result();
        if (whole.end() == End.TOO_SHORT || whole.end() == End.FAILED) {
            return List.of(whole, CostResult.of(source, slots, CostForm.GAPS, whole.end(), whole.reasons()));
        }
        return List.of(whole, new Walk(CostForm.GAPS, withGaps(first.canvas)).result());
    }

    private static Canvas withGaps(Canvas canvas) {
        Canvas gaps = canvas;
        for (int slot = 0; slot < canvas.size(); slot++) {
            if (slot / RUN % 2 == 0) {
                gaps = gaps.withFree(slot);
            }
        }
        return gaps;
    }

    /** One canvas with a parser of its own. */
    private final class Walk {

        private final CostForm form;
        private final int open;
        private final long heapBefore = JavaMachine.liveHeap();
        private final CanvasParser parser = new CanvasParser(grammar);
        private final LatencyHistogram commits = new LatencyHistogram();
        private final Random random = new Random(seed);
        private Canvas canvas;
        private List<Reason> reasons = List.of();
        private long first;
        private long estimate;

        Walk(CostForm form, Canvas canvas) {
            this.form = form;
            this.canvas = canvas;
            this.open = canvas.freeSlots();
        }

        CostResult result() {
            End end;
            try {
                end = walk();
            } catch (CancelledException stopped) {
                end = End.STOPPED;
            } catch (EspalierException | StackOverflowError | OutOfMemoryError failure) {
                end = End.FAILED;
                reasons = List.of(Obstacles.reason(failure));
            }
            long heap = Math.max(0, JavaMachine.liveHeap() - heapBefore);
            Reference.reachabilityFence(parser);
            return new CostResult(source, canvas.size(), form, end, reasons, open, first, commits, estimate, heap);
        }

        private End walk() {
            long start = System.nanoTime();
            CanvasChart chart = read();
            first = System.nanoTime() - start;
            if (!chart.isCompletable()) {
                return End.TOO_SHORT;
            }
            List<Integer> order = new ArrayList<>();
            for (int slot = 0; slot < canvas.size(); slot++) {
                if (canvas.isFree(slot)) {
                    order.add(slot);
                }
            }
            Collections.shuffle(order, random);
            for (int slot : order) {
                if (stop.isRequested() || System.nanoTime() - start > nanos) {
                    return End.STOPPED;
                }
                canvas = canvas.with(slot, drawn(chart.mask(slot)));
                long before = System.nanoTime();
                chart = read();
                commits.add(System.nanoTime() - before);
                if (!chart.isCompletable()) {
                    reasons = List.of(new Reason("#", "wrong", "a token of a mask left no completion: " + canvas));
                    return End.FAILED;
                }
            }
            return End.FULL;
        }

        private CanvasChart read() {
            CanvasChart chart = parser.parse(canvas, new WorkBudget(grammar.limits(), stop));
            estimate = Math.max(estimate, parser.estimatedBytes());
            return chart;
        }

        private int drawn(TokenMask mask) {
            int[] ids = mask.ids();
            return ids[random.nextInt(ids.length)];
        }
    }
}
