// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

/**
 * How tokens are drawn in one part of a text, where that differs from the rest: the temperature, and the filters. Immutable.
 *
 * @param temperature as {@link SamplingParameters#temperature()}
 * @param topK as {@link SamplingParameters#topK()}
 * @param topP as {@link SamplingParameters#topP()}
 * @param minP as {@link SamplingParameters#minP()}
 */
public record PartSampling(double temperature, int topK, double topP, double minP) {

    /**
     * Checks the ranges.
     *
     * @throws dev.espalier.core.error.InvalidInputException if one is out of its range
     */
    public PartSampling {
        in(SamplingParameters.DEFAULT, temperature, topK, topP, minP);
    }

    /** A temperature without filters; 0 takes the likeliest allowed token. */
    public static PartSampling temperature(double temperature) {
        return new PartSampling(temperature, 0, 1, 0);
    }

    /** The parameters of the whole text with these in their place. */
    public SamplingParameters in(SamplingParameters whole) {
        return in(whole, temperature, topK, topP, minP);
    }

    private static SamplingParameters in(
            SamplingParameters whole, double temperature, int topK, double topP, double minP) {
        return whole.withTemperature(temperature).withTopK(topK).withTopP(topP).withMinP(minP);
    }
}
