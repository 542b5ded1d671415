// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import java.util.function.Consumer;

final class StreamExample {

    // guide: begin
    static String stream(Generator generator, String mail, String schema, Cancellation stop, Consumer<String> chunks) {
        Request<String> request = Request.of(mail, Output.jsonSchema(schema))
                .with(SamplingParameters.DEFAULT
                        .withTemperature(0.8)
                        .withSeed(7)
                        .withMaxTokens(60))
                .with(stop) // stop.cancel() from any thread ends it soon
                .with(new DecodeListener() {
                    @Override
                    public void onText(String chunk) {
                        chunks.accept(chunk);
                    }
                });
        Generation<String> generation = generator.generate(request);
        if (generation.outcome() instanceof Outcome.Cancelled) {
            return "stopped after " + generation.usage().writtenTokens() + " tokens";
        }
        return generation.orElseThrow();
    }
    // guide: end

    private StreamExample() {}
}
