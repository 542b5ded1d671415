// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.mask.canvas.Canvas;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The constraint of {@link InfillStrategy.AnyLength}: one parse for each token proposed, of the canvas with every run of free slots endless. */
final class AnyLengthConstraint extends FreeConstraint {

    private final InfillStrategy.AnyLength strategy;
    private int rejected;

    AnyLengthConstraint(CanvasReader reader, InfillStrategy.AnyLength strategy) {
        super(reader);
        this.strategy = strategy;
    }

    @Override
    public Placement place(Canvas from, List<Commit> commits, ModelPass pass) {
        List<SlotChange> changes = new ArrayList<>();
        Canvas canvas = from;
        int before = rejected;
        for (Commit commit : commits) {
            Set<Integer> refused = new HashSet<>();
            Commit proposed = commit;
            boolean open = canvas.isFree(commit.slot());
            while (open) {
                List<SlotChange> more = new ArrayList<>(changes);
                Canvas next =
                        ends().with(canvas, proposed, pass.rawProbability(proposed.slot(), proposed.token()), more);
                if (isCompletableAtAnyLength(next)) {
                    canvas = next;
                    changes = more;
                    break;
                }
                refused.add(proposed.token());
                rejected++;
                open = rejected <= strategy.maxRejections() && refused.size() < text().count();
                proposed = open ? otherThan(refused, proposed.slot(), pass).commit() : proposed;
            }
        }
        return new Placement(canvas, changes, rejected - before);
    }

    private boolean isCompletableAtAnyLength(Canvas canvas) {
        int[] slots = IntStream.range(0, canvas.size())
                .filter(slot -> slot == 0 || !canvas.isFree(slot) || !canvas.isFree(slot - 1))
                .map(slot -> canvas.isFree(slot) ? Canvas.ENDLESS : canvas.token(slot))
                .toArray();
        return reader().read(Canvas.of(reader().grammar().vocabulary(), slots)).isCompletable();
    }
}
