// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.Samples;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.sequence.catalogue.Samplers;

final class WeightsExample {

    // guide: begin
    static double share(Generator generator, String mail, String wanted) {
        Request<String> request =
                Request.of(mail, Output.choice("positive", "negative")).with(SamplingParameters.MODEL.withSeed(7));
        Samples<String> samples = generator.sample(request, Samplers.smc(20), 10); // ten runs of twenty particles
        double[] weights = samples.normalisedWeights();
        double share = 0;
        for (int i = 0; i < weights.length; i++) {
            share += samples.drawn().get(i).text().equals(wanted) ? weights[i] : 0;
        }
        return share;
    }
    // guide: end

    private WeightsExample() {}
}
