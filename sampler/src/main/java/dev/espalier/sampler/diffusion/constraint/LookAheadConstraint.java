// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.constraint;

import dev.espalier.mask.Matcher;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.diffusion.SlotChange;
import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.diffusion.policy.InfillStrategy;
import dev.espalier.sampler.law.Choices;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The constraint of {@link InfillStrategy.LookAhead}, with matchers, which know nothing of slots. */
final class LookAheadConstraint extends FreeConstraint {

    private final InfillStrategy.LookAhead strategy;
    private final Choices choices;
    private Set<Integer> committed = new HashSet<>();
    private Matcher prefix;
    private List<Integer> read = new ArrayList<>();

    LookAheadConstraint(CanvasReader reader, InfillStrategy.LookAhead strategy, Choices choices) {
        super(reader);
        this.strategy = strategy;
        this.choices = choices;
        this.prefix = reader.matcher();
    }

    /** A text that a matcher has read, and the sum of the probabilities of its tokens in free slots. */
    private record Beam(Matcher matcher, double score) {}

    @Override
    public Placement place(Canvas from, List<Commit> commits, ModelPass pass) {
        List<SlotChange> changes = new ArrayList<>();
        Map<Integer, List<SlotScore>> likely = new HashMap<>();
        Canvas canvas = from;
        int rejected = 0;
        for (Commit commit : commits) {
            Set<Integer> refused = new HashSet<>();
            Commit proposed = commit;
            while (canvas.isFree(commit.slot())) {
                List<SlotChange> more = new ArrayList<>(changes);
                Canvas next =
                        ends().with(canvas, proposed, pass.rawProbability(proposed.slot(), proposed.token()), more);
                if (timed(next, pass, likely)) {
                    canvas = next;
                    changes = more;
                    break;
                }
                refused.add(proposed.token());
                rejected++;
                if (refused.size() >= strategy.maxRejections() || refused.size() >= text().count()) {
                    return recovered(canvas, changes, rejected, pass);
                }
                proposed = otherThan(refused, proposed.slot(), pass).commit();
            }
        }
        remember(changes);
        return new Placement(canvas, changes, rejected);
    }

    @Override
    public boolean grow(Canvas longer, int at, int count) {
        committed = committed.stream()
                .map(slot -> slot < at ? slot : slot + count)
                .collect(Collectors.toCollection(HashSet::new));
        return true;
    }

    private void remember(List<SlotChange> changes) {
        changes.forEach(change -> committed.add(change.slot()));
    }

    private boolean timed(Canvas canvas, ModelPass pass, Map<Integer, List<SlotScore>> likely) {
        long start = System.nanoTime();
        boolean extendable = isExtendable(canvas, pass, likely);
        reader().spent(System.nanoTime() - start);
        return extendable;
    }

    /** Whether some beam reaches the last decided slot, and the first end token if there is one. */
    private boolean isExtendable(Canvas canvas, ModelPass pass, Map<Integer, List<SlotScore>> likely) {
        int frontier = advance(canvas);
        if (frontier < 0) {
            return false;
        }
        int last = last(canvas);
        List<Beam> beams = List.of(new Beam(prefix, 0));
        for (int slot = frontier; slot <= last && !beams.isEmpty(); slot++) {
            if (canvas.isFree(slot) && !pass.knows(slot)) {
                return true;
            }
            beams = canvas.isFree(slot)
                    ? pruned(extended(
                            beams,
                            likely.computeIfAbsent(slot, at -> pass.likeliest(at, text(), strategy.candidates()))))
                    : reading(beams, canvas.token(slot));
        }
        return !beams.isEmpty();
    }

    /** Reads the fixed slots on the left; -1 if that is no beginning of a text. */
    private int advance(Canvas canvas) {
        List<Integer> tokens = new ArrayList<>();
        for (int slot = 0; slot < canvas.size() && !canvas.isFree(slot); slot++) {
            if (!isEnd(canvas.token(slot)) || slot == 0 || !isEnd(canvas.token(slot - 1))) {
                tokens.add(canvas.token(slot));
            }
        }
        int known = 0;
        while (known < Math.min(read.size(), tokens.size()) && read.get(known).equals(tokens.get(known))) {
            known++;
        }
        Matcher matcher = known == read.size() ? prefix.fork() : reader().matcher();
        for (int i = known == read.size() ? known : 0; i < tokens.size(); i++) {
            if (!matcher.allows(tokens.get(i))) {
                return -1;
            }
            matcher.accept(tokens.get(i));
        }
        prefix = matcher;
        read = tokens;
        int frontier = 0;
        while (frontier < canvas.size() && !canvas.isFree(frontier)) {
            frontier++;
        }
        return frontier;
    }

    private boolean isEnd(int token) {
        return reader().grammar().vocabulary().isEnd(token);
    }

    /** The first end token if there is one, else the last decided slot. */
    private int last(Canvas canvas) {
        int last = -1;
        for (int slot = 0; slot < canvas.size(); slot++) {
            if (!canvas.isFree(slot)) {
                last = slot;
                if (isEnd(canvas.token(slot))) {
                    break;
                }
            }
        }
        return last;
    }

    private static List<Beam> extended(List<Beam> beams, List<SlotScore> tokens) {
        List<Beam> longer = new ArrayList<>();
        for (Beam beam : beams) {
            for (SlotScore score : tokens) {
                if (beam.matcher.allows(score.token())) {
                    Matcher matcher = beam.matcher.fork();
                    matcher.accept(score.token());
                    longer.add(new Beam(matcher, beam.score + score.rawConfidence()));
                }
            }
        }
        return longer;
    }

    private static List<Beam> reading(List<Beam> beams, int token) {
        List<Beam> longer = new ArrayList<>();
        for (Beam beam : beams) {
            if (beam.matcher.allows(token)) {
                Matcher matcher = beam.matcher.fork();
                matcher.accept(token);
                longer.add(new Beam(matcher, beam.score));
            }
        }
        return longer;
    }

    private List<Beam> pruned(List<Beam> beams) {
        List<Beam> sorted = new ArrayList<>(beams);
        sorted.sort(Comparator.comparingDouble(Beam::score).reversed());
        List<Beam> kept = new ArrayList<>(sorted.subList(0, Math.min(strategy.beams(), sorted.size())));
        List<Beam> others = new ArrayList<>(sorted.subList(kept.size(), sorted.size()));
        while (!others.isEmpty() && kept.size() < strategy.beams() + strategy.randomBeams()) {
            kept.add(others.remove((int) (choices.uniform() * others.size())));
        }
        return kept;
    }

    /** Drops what was committed after the first free slot, and decides that slot from the left alone. */
    private Placement recovered(Canvas canvas, List<SlotChange> placed, int rejected, ModelPass pass) {
        List<SlotChange> changes = new ArrayList<>(placed);
        remember(placed);
        int frontier = advance(canvas);
        if (frontier < 0 || frontier >= canvas.size() || !pass.knows(frontier) || prefix.isTerminated()) {
            return new Placement(canvas, changes, rejected);
        }
        Canvas next = canvas;
        for (int slot = frontier + 1; slot < canvas.size(); slot++) {
            if (!canvas.isFree(slot) && committed.remove(slot)) {
                next = next.withFree(slot);
                changes.add(new SlotChange(slot, SlotChange.Kind.REVOKED, Canvas.FREE, 1, Double.NaN));
            }
        }
        TokenMask allowed = prefix.mask();
        if (allowed.isEmpty()) {
            return new Placement(canvas, placed, rejected);
        }
        SlotScore forced = pass.propose(frontier, allowed);
        List<SlotChange> last = new ArrayList<>();
        next = ends().with(next, forced.commit(), forced.rawConfidence(), last);
        remember(last);
        changes.addAll(last);
        return new Placement(next, changes, rejected);
    }
}
