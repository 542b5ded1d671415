// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Reasoning;
import dev.espalier.Request;
import dev.espalier.sampler.PartSampling;
import dev.espalier.sampler.SamplingParameters;
import java.util.Optional;

final class ReasoningExample {

    record Vote(boolean agreed, int count) {}

    // guide: begin
    static Optional<Vote> vote(Generator generator, String motion) {
        Output<Vote> output = Output.of(Vote.class).after(Reasoning.THINK.atMost(200));
        Generation<Vote> generation = generator.generate(Request.of(motion, output)
                .with(SamplingParameters.DEFAULT.withPart(Reasoning.PART, PartSampling.temperature(0.7))));
        generation.reasoning().ifPresent(System.out::println);
        return generation.value();
    }
    // guide: end

    private ReasoningExample() {}
}
