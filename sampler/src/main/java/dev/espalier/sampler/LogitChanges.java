// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.numeric.ParameterRange;
import java.util.Map;

/**
 * What is done to the logits of a model before anything else: a penalty for tokens that were read or written, and a bias. What comes of it counts as the
 * model's law from there on. Immutable; start from {@link #NONE}.
 *
 * <p>In this order: the logit of a token that the prompt or the text has is divided by {@code repetitionPenalty} if it is above 0, and else multiplied
 * with it; {@code frequencyPenalty} is taken off once for each time that the text has the token, {@code presencePenalty} once if it has it at all;
 * {@code bias} is added. Tokens of forced text count as others do. Logits that are changed are drawn from on the host, not on a device.
 *
 * @param bias by token id, what is added; minus infinity forbids a token, and a text for which only forbidden tokens are left fails
 * @param frequencyPenalty a finite number; 0 is off
 * @param presencePenalty a finite number; 0 is off
 * @param repetitionPenalty a finite number above 0; 1 is off
 */
public record LogitChanges(
        Map<Integer, Double> bias, double frequencyPenalty, double presencePenalty, double repetitionPenalty) {

    /** Logits stay what they are. */
    public static final LogitChanges NONE = new LogitChanges(Map.of(), 0, 0, 1);

    /**
     * Checks the ranges.
     *
     * @throws InvalidInputException if a number is out of its range, or a token id negative
     */
    public LogitChanges {
        bias = Map.copyOf(bias);
        bias.forEach((token, change) -> {
            ParameterRange.require(token >= 0, "a token id of the bias", "≥ 0", token);
            ParameterRange.require(
                    change < Double.POSITIVE_INFINITY, "bias of token " + token, "a number below infinity", change);
        });
        ParameterRange.require(Double.isFinite(frequencyPenalty), "frequencyPenalty", "finite", frequencyPenalty);
        ParameterRange.require(Double.isFinite(presencePenalty), "presencePenalty", "finite", presencePenalty);
        ParameterRange.require(
                repetitionPenalty > 0 && repetitionPenalty < Double.POSITIVE_INFINITY,
                "repetitionPenalty",
                "finite and > 0",
                repetitionPenalty);
    }

    /** Whether logits stay what they are. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** These changes with another bias, by token id. */
    public LogitChanges withBias(Map<Integer, Double> value) {
        return new LogitChanges(value, frequencyPenalty, presencePenalty, repetitionPenalty);
    }

    /** These changes with another penalty for each time that the text has a token. */
    public LogitChanges withFrequencyPenalty(double value) {
        return new LogitChanges(bias, value, presencePenalty, repetitionPenalty);
    }

    /** These changes with another penalty for tokens that the text has. */
    public LogitChanges withPresencePenalty(double value) {
        return new LogitChanges(bias, frequencyPenalty, value, repetitionPenalty);
    }

    /** These changes with another factor for tokens that the prompt or the text has. */
    public LogitChanges withRepetitionPenalty(double value) {
        return new LogitChanges(bias, frequencyPenalty, presencePenalty, value);
    }
}
