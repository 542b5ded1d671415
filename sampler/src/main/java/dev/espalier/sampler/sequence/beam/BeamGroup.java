// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.beam;

import dev.espalier.mask.token.TokenMask;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Some beams that grow together, and the best texts that they have finished. One thread at a time. */
final class BeamGroup {

    private final TokenTree tree;
    private final int width;
    private final double lengthExponent;
    private List<Beam> active;
    private final List<Beam> finished = new ArrayList<>();

    /** A text with the log of its probability. */
    private record Beam(Prefix text, double logProbability) {}

    /** A token that the beam with an index may go on with. */
    private record Step(Beam from, int index, int token, double logProbability, double rank) {

        /** The worst first; of equals, that of the later beam, and the greater token. */
        static final Comparator<Step> WORST = Comparator.comparingDouble(Step::rank)
                .thenComparing(Comparator.comparingInt(Step::index)
                        .thenComparingInt(Step::token)
                        .reversed());
    }

    BeamGroup(TokenTree tree, int width, double lengthExponent) {
        this.tree = tree;
        this.width = width;
        this.lengthExponent = lengthExponent;
        this.active = new ArrayList<>();
        keep(new Beam(tree.root(), 0));
    }

    private void keep(Beam beam) {
        if (beam.text().isComplete()) {
            finished.add(beam);
        } else if (!beam.text().isDead()) {
            active.add(beam);
        }
    }

    /** Whether some beam may still become one of the best texts. */
    boolean isActive() {
        return !active.isEmpty();
    }

    private double score(Beam beam) {
        return beam.logProbability() / Math.pow(Math.max(1, beam.text().length()), lengthExponent);
    }

    /**
     * Makes each beam longer by a token. One forward pass.
     *
     * @param taken tokens that earlier groups took at this length; those of this one are added
     */
    void advance(TokenCounts taken) {
        List<TokenLaw> laws = tree.next(active.stream().map(Beam::text).toList());
        PriorityQueue<Step> best = new PriorityQueue<>(Step.WORST);
        for (int i = 0; i < active.size(); i++) {
            offer(i, laws.get(i), taken, best);
        }
        List<Step> steps = new ArrayList<>(best);
        steps.sort(Step.WORST.reversed());
        active = new ArrayList<>();
        for (Step step : steps) {
            taken.add(step.token());
            keep(new Beam(step.from().text().then(step.token()), step.logProbability()));
        }
        prune();
    }

    private void offer(int index, TokenLaw law, TokenCounts taken, PriorityQueue<Step> best) {
        Beam beam = active.get(index);
        TokenMask mask = beam.text().mask();
        for (int token : mask.ids()) {
            double logProbability = beam.logProbability() + Math.log(law.of(token));
            double rank = logProbability - taken.penalty(token);
            if (best.size() < width || rank > best.element().rank()) {
                best.add(new Step(beam, index, token, logProbability, rank));
                if (best.size() > width) {
                    best.remove();
                }
            }
        }
    }

    /** Gives up beams once as many finished texts are better than they would be if they ended here. */
    private void prune() {
        finished.sort(Comparator.comparingDouble(this::score).reversed());
        if (finished.size() > width) {
            finished.subList(width, finished.size()).clear();
        }
        if (finished.size() == width) {
            double worst = score(finished.get(width - 1));
            active.removeIf(beam -> score(beam) <= worst);
        }
    }

    /** The best finished texts of some groups, best first, each text once. */
    static List<Sample> best(Collection<BeamGroup> groups, int count) {
        record Scored(Sample sample, double score) {}
        List<Scored> all = new ArrayList<>();
        for (BeamGroup group : groups) {
            for (Beam beam : group.finished) {
                Sample sample = Sample.of(group.tree, beam.text(), beam.logProbability(), 0, Target.HEURISTIC);
                if (all.stream().noneMatch(known -> known.sample().tokens().equals(sample.tokens()))) {
                    all.add(new Scored(sample, group.score(beam)));
                }
            }
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .limit(count)
                .map(Scored::sample)
                .toList();
    }
}
