// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.draw.ChangedLogits;
import dev.espalier.sampler.law.Choices;
import org.jspecify.annotations.Nullable;

/**
 * Where a draft model begins to write.
 *
 * @param constraint what may come next; left as it is
 * @param most the most tokens that are worth guessing
 * @param remaining the most tokens of text from here on
 * @param parameters how tokens are drawn
 * @param choices those by which the text will be drawn
 * @param changed penalties and biases at this place, null if there are none; owned by the draft
 */
record SketchPlace(
        TokenConstraint constraint,
        int most,
        int remaining,
        SamplingParameters parameters,
        Choices choices,
        @Nullable ChangedLogits changed) {}
