// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;

final class OutcomesExample {

    // README: outcomes
    static String describe(Generator generator, String prompt, String schema, Cancellation stop) {
        Output<String> output = Output.jsonSchema(schema, SchemaOptions.DEFAULT.withMemberOrder(MemberOrder.ANY));
        Generation<String> generation = generator.generate(Request.of(prompt, output)
                .with(SamplingParameters.DEFAULT
                        .withTemperature(0.8)
                        .withTopP(0.95)
                        .withSeed(7)
                        .withMaxTokens(200))
                .with(stop) // stop.cancel() from any thread ends it soon
                .with(new DecodeListener() {
                    @Override
                    public void onText(String chunk) {
                        System.err.print(chunk);
                    }
                }));
        Outcome outcome =
                generation.outcome(); // sealed: Complete, BudgetExhausted, Cancelled, DeadEnd, ModelFailed, Refused
        return outcome.isComplete()
                ? generation.orElseThrow() + " with log weight " + outcome.logWeight()
                : "no whole value, only: " + generation.text();
    }

    static List<Generation<?>> inOneForwardPass(Generator generator) {
        return generator.generateAll(List.of(
                Request.of("The parcel has arrived.", Output.choice("good news", "bad news")),
                Request.of("Call 030 1234", Output.regex("[0-9 ]{4,12}")),
                Request.of("two plus three", Output.grammar("root ::= [0-9]+ (\"+\" [0-9]+)*"))));
    }
    // end

    private OutcomesExample() {}
}
