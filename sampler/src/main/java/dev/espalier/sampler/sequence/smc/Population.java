// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.Target;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.numeric.LogWeights;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.Sample;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The particles of one run of sequential Monte Carlo. Equal texts are one object, so that the model is asked about them
 * once. One thread at a time.
 */
final class Population {

    private final TokenTree tree;
    private final SmcSampler settings;
    private final List<Choices> choices;
    private List<Particle> particles;
    private long checks;

    /**
     * Particles with nothing written.
     *
     * @param choices the decisions of each particle, and those of the resampling
     */
    Population(TokenTree tree, SmcSampler settings, List<Choices> choices) {
        this.tree = tree;
        this.settings = settings;
        this.choices = choices;
        this.particles = new ArrayList<>();
        Particle begun = weighed(List.of(Particle.begun(tree.root()))).get(0);
        for (int i = 0; i < settings.particles(); i++) {
            particles.add(begun);
        }
    }

    /** Whether some text is to be continued. */
    boolean isActive() {
        return particles.stream().anyMatch(Particle::isActive);
    }

    /** Tokens that a predicate was asked about. */
    long checks() {
        return checks;
    }

    /** Continues each unfinished text by a token. One forward pass. */
    void advance() {
        List<Prefix> texts = distinct(particles.stream().filter(Particle::isActive));
        List<TokenLaw> rows = tree.next(texts);
        Map<Prefix, TokenLaw> laws = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            laws.put(texts.get(i), rows.get(i));
        }
        Map<Prefix, Map<Integer, Prefix>> longer = new HashMap<>();
        List<Particle> moved = new ArrayList<>();
        for (int i = 0; i < particles.size(); i++) {
            Particle particle = particles.get(i);
            TokenLaw law = laws.get(particle.text());
            if (particle.isActive() && law != null) {
                moved.add(continued(particle, law, choices.get(i), longer));
            }
        }
        List<Particle> weighed = weighed(moved);
        int next = 0;
        for (int i = 0; i < particles.size(); i++) {
            if (particles.get(i).isActive()) {
                particles.set(i, weighed.get(next++));
            }
        }
    }

    /** A particle with one more token, no twist in its weight. */
    private Particle continued(Particle particle, TokenLaw law, Choices own, Map<Prefix, Map<Integer, Prefix>> longer) {
        Prefix text = particle.text();
        ProposalKernel.Proposed proposed = settings.proposal().propose(text, law, own);
        checks += proposed.checks();
        int token = proposed.token();
        if (token < 0) {
            return particle.withLogWeight(Double.NEGATIVE_INFINITY);
        }
        return new Particle(
                longer.computeIfAbsent(text, parent -> new HashMap<>()).computeIfAbsent(token, text::then),
                particle.logProbability() + Math.log(law.of(token)),
                particle.logWeight() - particle.logTwist() + proposed.logWeight(),
                0);
    }

    /** Particles with their twist or reward put into the weight; a dead end has weight 0. */
    private List<Particle> weighed(List<Particle> moved) {
        List<Prefix> kept = distinct(moved.stream().filter(Particle::isKept));
        List<Prefix> unfinished =
                kept.stream().filter(text -> !text.isFinished()).toList();
        List<Prefix> complete = kept.stream().filter(Prefix::isComplete).toList();
        Map<Prefix, Double> values = new HashMap<>();
        if (!unfinished.isEmpty()) {
            put(values, unfinished, settings.potential().logTwists(unfinished));
        }
        if (!complete.isEmpty()) {
            put(values, complete, settings.potential().logRewards(complete));
        }
        return moved.stream()
                .map(particle -> weighed(particle, values.getOrDefault(particle.text(), Double.NEGATIVE_INFINITY)))
                .toList();
    }

    private static Particle weighed(Particle particle, double value) {
        return new Particle(
                particle.text(),
                particle.logProbability(),
                particle.logWeight() + value,
                particle.text().isFinished() ? 0 : value);
    }

    private static void put(Map<Prefix, Double> values, List<Prefix> texts, double[] logs) {
        if (logs.length != texts.size()) {
            throw new InvalidInputException("a potential must answer for each of " + texts.size() + " texts, but gave "
                    + logs.length + " values");
        }
        for (int i = 0; i < logs.length; i++) {
            if (!(logs[i] < Double.POSITIVE_INFINITY)) {
                throw new InvalidInputException(
                        "the log of a potential must be a number or minus infinity, but is " + logs[i]);
            }
            values.put(texts.get(i), logs[i]);
        }
    }

    private static List<Prefix> distinct(Stream<Particle> some) {
        Set<Prefix> texts = new LinkedHashSet<>();
        some.forEach(particle -> texts.add(particle.text()));
        return List.copyOf(texts);
    }

    /**
     * Draws all particles anew by their weights, the finished ones too, if the weights are too uneven. Each then has the
     * mean weight.
     */
    void resample() {
        LogWeights weights = LogWeights.of(
                particles.stream().mapToDouble(Particle::logWeight).toArray());
        boolean uneven = settings.threshold() == 1 || weights.effective() < settings.threshold() * particles.size();
        if (weights.areZero() || !uneven) {
            return;
        }
        double mean = weights.logMean();
        List<Particle> drawn = new ArrayList<>();
        for (int ancestor : settings.resampling().ancestors(weights.relative(), choices.get(particles.size()))) {
            drawn.add(particles.get(ancestor).withLogWeight(mean));
        }
        particles = drawn;
    }

    /** The particles as samples; unfinished ones have weight 0. */
    List<Sample> samples() {
        return particles.stream()
                .map(particle -> Sample.of(
                        tree, particle.text(), particle.logProbability(), particle.logWeight(), Target.WEIGHTED))
                .toList();
    }
}
