// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import java.util.List;

final class BatchExample {

    // guide: begin
    static List<Generation<?>> together(Generator generator) {
        return generator.generateAll(List.of(
                Request.of("The parcel has arrived.", Output.choice("good news", "bad news")),
                Request.of("Call 030 1234", Output.regex("[0-9 ]{4,12}")),
                Request.of("two plus three", Output.grammar("root ::= [0-9] (\"+\" [0-9]){1,2}"))));
    }
    // guide: end

    private BatchExample() {}
}
