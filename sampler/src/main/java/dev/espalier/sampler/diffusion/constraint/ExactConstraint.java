// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exact masks, and commits that leave a completion.
 *
 * <p>Commits that can all stand together cost one parse. Otherwise: fewer commits leave more completions, so the commits that can stand
 * from the first on are found by bisection; the one after them cannot stand beside them, is left out or replaced, and the rest is tried the same
 * way. That is the same as taking them one by one, in {@code 1 + c · log n} parses for c conflicts.
 */
@FastPath(oracle = "ExactConstraintTest")
final class ExactConstraint implements CanvasConstraint {

    private final CanvasReader reader;
    private final EndTokens ends;
    private final boolean replacing;
    private CanvasChart chart;

    ExactConstraint(CanvasReader reader, CanvasChart chart, boolean replacing) {
        this.reader = reader;
        this.ends = new EndTokens(reader.grammar());
        this.replacing = replacing;
        this.chart = chart;
    }

    @Override
    public boolean grow(Canvas longer, int at, int count) {
        CanvasChart grown = reader.read(longer);
        chart = grown.isCompletable() ? grown : chart;
        return grown.isCompletable();
    }

    @Override
    public TokenMask mask(int slot) {
        return reader.mask(chart, slot);
    }

    /** Commits that were made one after the other, and the chart, if it was asked for. */
    private record Standing(
            Canvas canvas,
            List<SlotChange> changes,
            @Nullable CanvasChart chart) {}

    @Override
    public Placement place(Canvas from, List<Commit> commits, ModelPass pass) {
        commits.forEach(commit -> require(commit));
        Standing standing = new Standing(from, List.of(), null);
        List<Commit> rest = commits;
        int rejected = 0;
        while (!rest.isEmpty()) {
            Standing all = with(standing, rest, pass);
            if (isCompletable(all)) {
                standing = all;
                break;
            }
            int good = 0;
            for (int bad = rest.size(); bad - good > 1; ) {
                int middle = (good + bad) >>> 1;
                Standing part = with(standing, rest.subList(0, middle), pass);
                if (isCompletable(part)) {
                    good = middle;
                    all = part;
                } else {
                    bad = middle;
                }
            }
            standing = good > 0 ? all : standing;
            rejected++;
            standing = replacing ? replaced(standing, rest.get(good), pass) : standing;
            rest = rest.subList(good + 1, rest.size());
        }
        chart = standing.chart == null ? reader.read(standing.canvas) : standing.chart;
        return new Placement(standing.canvas, standing.changes, rejected);
    }

    private void require(Commit commit) {
        if (!reader.mask(chart, commit.slot()).allows(commit.token())) {
            throw new InvalidInputException("the policy committed token " + commit.token() + " in slot " + commit.slot()
                    + ", where it is not possible");
        }
    }

    /** What stands, with more commits; parsed already. */
    private Standing with(Standing standing, List<Commit> commits, ModelPass pass) {
        Canvas canvas = standing.canvas;
        List<SlotChange> changes = new ArrayList<>(standing.changes);
        for (Commit commit : commits) {
            canvas = ends.with(canvas, commit, pass.rawProbability(commit.slot(), commit.token()), changes);
        }
        return new Standing(canvas, changes, reader.read(canvas));
    }

    private static boolean isCompletable(Standing standing) {
        return standing.chart != null && standing.chart.isCompletable();
    }

    /** The likeliest token that can stand, in the place of one that cannot; any of the mask leaves a completion. */
    private Standing replaced(Standing standing, Commit refused, ModelPass pass) {
        if (!standing.canvas.isFree(refused.slot())) {
            return standing;
        }
        CanvasChart now = standing.chart == null ? reader.read(standing.canvas) : standing.chart;
        SlotScore other = pass.propose(refused.slot(), reader.mask(now, refused.slot()));
        List<SlotChange> changes = new ArrayList<>(standing.changes);
        Canvas canvas = ends.with(standing.canvas, other.commit(), other.rawConfidence(), changes);
        return new Standing(canvas, changes, null);
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public boolean isSentence(Canvas canvas) {
        return true;
    }
}
