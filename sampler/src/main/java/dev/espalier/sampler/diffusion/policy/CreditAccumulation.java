// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.policy;

import dev.espalier.sampler.diffusion.plan.Commit;
import dev.espalier.sampler.diffusion.plan.CommitPlan;
import dev.espalier.sampler.diffusion.plan.SlotMemory;
import dev.espalier.sampler.diffusion.plan.SlotScore;
import dev.espalier.sampler.diffusion.plan.StepView;
import dev.espalier.sampler.draw.MaskedLaw;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A token that leads in a slot pass after pass earns credit there, and credit adds to its confidence (CreditDecoding, Wang et
 * al. 2025). In each pass credits fade by {@code decay}, and the leading token of probability p earns {@code p^exponent}; a
 * token with credit c counts as {@code p · (1 + c)^strength}, renormalised. All slots of at least some confidence are
 * committed, and always the surest one. Tokens that have become impossible lose their credit.
 *
 * <p>Where another token than the likeliest was drawn, that token stays, with what credit it has.
 *
 * @param confidence from 0 to 1
 * @param decay from 0 to 1, 0.65 in the paper
 * @param strength at least 0, 0.7 in the paper
 * @param exponent from 0 to 1, 0.5 in the paper
 */
record CreditAccumulation(double confidence, double decay, double strength, double exponent) implements CommitPolicy {

    /** Checks the range; throws {@link dev.espalier.core.error.InvalidInputException}. */
    CreditAccumulation {
        ParameterRange.require(confidence >= 0 && confidence <= 1, "confidence", "in [0, 1]", confidence);
        ParameterRange.require(decay >= 0 && decay <= 1, "decay", "in [0, 1]", decay);
        ParameterRange.require(strength >= 0, "strength", "≥ 0", strength);
        ParameterRange.require(exponent >= 0 && exponent <= 1, "exponent", "in [0, 1]", exponent);
    }

    @Override
    public Run start() {
        SlotMemory<Map<Integer, Double>> credits = new SlotMemory<>(HashMap::new);
        return new Run() {
            @Override
            public CommitPlan choose(StepView view) {
                List<Commit> fused = view.slots().stream()
                        .map(score -> fuse(score, credits.of(score.slot())))
                        .sorted((one, other) -> Double.compare(other.confidence(), one.confidence()))
                        .toList();
                double least = Math.min(confidence, fused.get(0).confidence());
                return CommitPlan.of(fused.stream()
                        .filter(commit -> commit.confidence() >= least)
                        .toList());
            }

            @Override
            public void inserted(int at, int count) {
                credits.inserted(at, count);
            }
        };
    }

    private Commit fuse(SlotScore score, Map<Integer, Double> credits) {
        MaskedLaw law = score.law();
        credits.keySet().removeIf(token -> !law.mask().allows(token));
        credits.replaceAll((token, credit) -> decay * credit);
        credits.merge(law.best(), Math.pow(law.probability(law.best()), exponent), Double::sum);
        double total = 1;
        int token = score.token();
        for (Map.Entry<Integer, Double> entry : credits.entrySet()) {
            double probability = law.probability(entry.getKey());
            total += probability * (boost(entry.getValue()) - 1);
            if (score.token() == law.best() && weight(law, entry.getKey(), credits) > weight(law, token, credits)) {
                token = entry.getKey();
            }
        }
        return new Commit(score.slot(), token, Math.min(1, weight(law, token, credits) / total));
    }

    private double weight(MaskedLaw law, int token, Map<Integer, Double> credits) {
        return law.probability(token) * boost(credits.getOrDefault(token, 0.0));
    }

    private double boost(double credit) {
        return Math.pow(1 + credit, strength);
    }

    @Override
    public String name() {
        return "credit:" + confidence + "," + decay + "," + strength + "," + exponent;
    }
}
