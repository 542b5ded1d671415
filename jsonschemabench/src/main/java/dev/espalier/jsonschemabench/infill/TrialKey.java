package dev.espalier.jsonschemabench.infill;

import java.util.Locale;

/**
 * Which trial.
 *
 * @param source the id of the schema or grammar
 * @param dataset its data set
 * @param model the model's name
 * @param slots the size of the canvas, free at first
 * @param strategy the strategy's name
 */
public record TrialKey(String source, String dataset, String model, int slots, String strategy) {

    /** What tells it apart from all others. */
    String id() {
        return paired() + "/" + strategy;
    }

    /** What trials have in common that differ in strategy alone: their random choices are the same. */
    String paired() {
        return String.format(Locale.ROOT, "%s/%s/%05d", source, model, slots);
    }
}
