// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.sampler.gap.FillTemplate;
import dev.espalier.sampler.gap.GappedText;

final class GapsExample {

    // guide: begin
    static String fill(Generator generator, String prompt) {
        GappedText text = GappedText.of("{\"name\":\"")
                .gap(1, 8)
                .text("\",\"age\":")
                .gap(1, 3)
                .text("}");
        return generator
                .fill(Request.of(prompt, Output.of(FillExample.Person.class)), text, FillTemplate.CONTINUATION)
                .text();
    }
    // guide: end

    private GapsExample() {}
}
