// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.SamplingParameters;

/**
 * What decides the texts of a run, and their times.
 *
 * @param model the model's name
 * @param embedded whether it is the embedded model
 * @param device where it computes
 * @param parameters how tokens are drawn; each schema has a seed of its own made from this one
 * @param schemaSeconds time to compile one schema and to write under it, and again to write without it
 * @param unconstrained whether every instance is written a second time without the constraint
 */
public record GenerationSettings(
        String model,
        boolean embedded,
        String device,
        SamplingParameters parameters,
        int schemaSeconds,
        boolean unconstrained) {

    /** As options of the command line. */
    Settings options() {
        return Settings.none()
                .with("--model", model)
                .with("--device", device)
                .with("--seed", parameters.seed())
                .with("--temperature", parameters.temperature())
                .with("--max-tokens", parameters.maxTokens())
                .with("--schema-seconds", schemaSeconds)
                .with("--unconstrained", unconstrained);
    }
}
