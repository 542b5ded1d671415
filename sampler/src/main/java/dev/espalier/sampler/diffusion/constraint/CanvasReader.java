// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.canvas.BestCompletion;
import dev.espalier.mask.canvas.BlockPosterior;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.canvas.WeightedBlock;
import dev.espalier.mask.token.TokenMask;
import java.util.Optional;

/** The canvas parser of one decoding, with its cancellation and the time that parsing took. Used by one thread. */
public final class CanvasReader {

    private final CanvasParser parser;
    private final Cancellation cancellation;
    private long nanos;

    public CanvasReader(CanvasParser parser, Cancellation cancellation) {
        this.parser = parser;
        this.cancellation = cancellation;
    }

    CompiledGrammar grammar() {
        return parser.grammar();
    }

    /** A matcher at the beginning of a text, which the run's cancellation ends. */
    Matcher matcher() {
        return grammar().matcher(cancellation);
    }

    /** The chart of a canvas; throws as {@link CanvasParser#parse(Canvas, WorkBudget)}. */
    CanvasChart read(Canvas canvas) {
        long start = System.nanoTime();
        try {
            return parser.parse(canvas, new WorkBudget(grammar().limits(), cancellation));
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** A best completion of a block; throws as {@link CanvasParser#best}. */
    Optional<BestCompletion> best(WeightedBlock block, long maxExpansions) {
        long start = System.nanoTime();
        try {
            return parser.best(block, maxExpansions, new WorkBudget(grammar().limits(), cancellation));
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** A completable canvas with the fewest slots; throws as {@link CanvasParser#least(Canvas, int, WorkBudget)}. */
    Optional<Canvas> least(Canvas canvas, int most) {
        long start = System.nanoTime();
        try {
            return parser.least(canvas, most, new WorkBudget(grammar().limits(), cancellation));
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** The posterior of a block; throws as {@link CanvasParser#posterior}. */
    Optional<BlockPosterior> posterior(WeightedBlock block, int maxNodes) {
        long start = System.nanoTime();
        try {
            return parser.posterior(block, maxNodes, new WorkBudget(grammar().limits(), cancellation));
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    /** The mask of a slot. */
    TokenMask mask(CanvasChart chart, int slot) {
        long start = System.nanoTime();
        TokenMask mask = chart.mask(slot);
        nanos += System.nanoTime() - start;
        return mask;
    }

    /** Adds time that went into checking tokens otherwise. */
    void spent(long more) {
        nanos += more;
    }

    /** The time so far. */
    public long nanos() {
        return nanos;
    }
}
