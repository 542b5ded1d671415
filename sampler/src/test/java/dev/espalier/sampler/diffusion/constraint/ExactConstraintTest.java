// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.diffusion.ToyCanvas;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.draw.TokenSampler;
import dev.espalier.sampler.law.Choices;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Joint commits, against taking them one by one. */
class ExactConstraintTest {

    private final ToyCanvas toy = ToyCanvas.json();
    private final CanvasParser parser = new CanvasParser(toy.grammar);

    @Test
    void bisectionCommitsWhatOneByOneWouldCommit() {
        Random random = new Random(4);
        int conflicts = 0;
        for (int run = 0; run < 300; run++) {
            Canvas canvas = Canvas.blank(toy.grammar.vocabulary(), 2 + random.nextInt(8));
            CanvasChart chart = parser.parse(canvas);
            for (int filled = random.nextInt(canvas.size() - 1); filled > 0; filled--) {
                int slot = random.nextInt(canvas.size());
                int[] allowed = chart.mask(slot).ids();
                canvas = canvas.with(slot, allowed[random.nextInt(allowed.length)]);
                chart = parser.parse(canvas);
            }
            List<Commit> commits = commits(chart, random);
            CanvasConstraint.Placement placed = constraint(chart, false).place(canvas, commits, pass(canvas));
            String where = "seed 4, run " + run + ": " + toy.text(canvas) + " " + commits;
            assertEquals(oneByOne(canvas, commits), placed.canvas(), where);
            conflicts += placed.rejected();
            CanvasConstraint.Placement replaced = constraint(chart, true).place(canvas, commits, pass(canvas));
            assertTrue(parser.parse(replaced.canvas()).isCompletable(), where);
            for (Commit commit : commits) {
                assertTrue(!replaced.canvas().isFree(commit.slot()), where);
            }
        }
        assertTrue(conflicts > 100, conflicts + " conflicts");
    }

    private List<Commit> commits(CanvasChart chart, Random random) {
        List<Commit> commits = new ArrayList<>();
        for (int slot = 0; slot < chart.canvas().size(); slot++) {
            if (chart.canvas().isFree(slot) && random.nextInt(4) > 0) {
                int[] allowed = chart.mask(slot).ids();
                commits.add(new Commit(slot, allowed[random.nextInt(allowed.length)], 0.5));
            }
        }
        Collections.shuffle(commits, random);
        return commits;
    }

    private CanvasConstraint constraint(CanvasChart chart, boolean replacing) {
        return new ExactConstraint(new CanvasReader(parser, new Cancellation()), chart, replacing);
    }

    private ModelPass pass(Canvas canvas) {
        int size = toy.grammar.vocabulary().size();
        Map<Integer, float[]> logits = new HashMap<>();
        for (int slot = 0; slot < canvas.size(); slot++) {
            if (canvas.isFree(slot)) {
                logits.put(slot, new float[size]);
            }
        }
        return new ModelPass(
                logits,
                0,
                new ModelPass.Proposer(SamplingParameters.DEFAULT, Choices.seeded(0), new TokenSampler(size)));
    }

    private Canvas oneByOne(Canvas from, List<Commit> commits) {
        EndTokens ends = new EndTokens(toy.grammar);
        Canvas canvas = from;
        for (Commit commit : commits) {
            Canvas next = ends.with(canvas, commit, 0, new ArrayList<>());
            canvas = parser.parse(next).isCompletable() ? next : canvas;
        }
        return canvas;
    }
}
