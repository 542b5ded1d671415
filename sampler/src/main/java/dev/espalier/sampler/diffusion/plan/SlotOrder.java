// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The order in which free slots are committed. Ties go to the slot further left. */
public enum SlotOrder {

    /** The highest probability of the proposed token among the possible ones (LLaDA's low-confidence remasking). */
    PROBABILITY,

    /** The lowest entropy among the possible tokens (Dream's {@code entropy}). */
    ENTROPY,

    /** The largest difference between the probabilities of the two likeliest tokens (Dream's {@code topk_margin}). */
    MARGIN,

    /** By chance (Dream's {@code origin}, LLaDA's {@code random}). */
    RANDOM,

    /** From the left. */
    LEFT;

    /** The slots of a view in this order; at random, one number is drawn for each. */
    public List<SlotScore> sorted(StepView view) {
        return view.slots().stream()
                .map(score -> new Ranked(score, rank(score, view)))
                .sorted(Comparator.comparingDouble(Ranked::rank).reversed())
                .map(Ranked::score)
                .toList();
    }

    private record Ranked(SlotScore score, double rank) {}

    private double rank(SlotScore score, StepView view) {
        return switch (this) {
            case PROBABILITY -> score.confidence();
            case ENTROPY -> -score.law().entropy();
            case MARGIN -> score.law().margin();
            case RANDOM -> view.choices().uniform();
            case LEFT -> -score.slot();
        };
    }

    /** The name in lower case, as in the names of policies. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
