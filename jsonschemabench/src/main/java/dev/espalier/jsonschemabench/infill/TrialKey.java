// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import java.util.Locale;

/**
 * Which trial.
 *
 * @param source the id of the schema or grammar
 * @param dataset its data set
 * @param model who says which token should stand where
 * @param slots the size of the canvas, free at first
 * @param strategy what may stand
 */
public record TrialKey(String source, String dataset, ModelChoice model, int slots, InfillContender strategy) {

    /** The same of another case. */
    TrialKey of(String another, String itsDataset) {
        return new TrialKey(another, itsDataset, model, slots, strategy);
    }

    /** What tells it apart from all others. */
    String id() {
        return paired() + "/" + strategy.label();
    }

    /** What trials have in common that differ in strategy alone: their random choices are the same. */
    String paired() {
        return String.format(Locale.ROOT, "%s/%s/%05d", source, model.label(), slots);
    }

    /** What is said of trials that are told apart by their case alone. */
    String shown() {
        return model.label() + ", " + slots + " slots, " + strategy.label();
    }
}
