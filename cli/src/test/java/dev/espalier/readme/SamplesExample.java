// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.Samples;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.sequence.catalogue.Samplers;

final class SamplesExample {

    // README: samples
    static double likely(Generator generator, String mail) {
        Request<String> request =
                Request.of(mail, Output.choice("positive", "negative")).with(SamplingParameters.MODEL.withSeed(7));
        Samples<String> samples = generator.sample(request, Samplers.smc(20), 10); // ten runs of twenty particles
        double[] weights = samples.normalisedWeights();
        double positive = 0;
        for (int i = 0; i < weights.length; i++) {
            positive += samples.drawn().get(i).text().equals("positive") ? weights[i] : 0;
        }
        return positive; // what the model thinks of it, were it to say nothing but these two words
    }
    // end

    private SamplesExample() {}
}
