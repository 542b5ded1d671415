// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.confidence.Confidence;

final class ConfidenceExample {

    record Vote(boolean agreed, int count) {}

    // guide: begin
    static String vote(Generator generator, String minutes) {
        Generation<Vote> generation = generator.generate(Request.of(minutes, Output.of(Vote.class)));
        Confidence agreed = generation.confidence("/agreed");
        return agreed.value().lower() > 0.9 ? generation.orElseThrow().toString() : "somebody should look at this";
    }
    // guide: end

    private ConfidenceExample() {}
}
