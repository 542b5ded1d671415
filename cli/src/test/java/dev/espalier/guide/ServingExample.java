// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Prompting;
import dev.espalier.core.Limits;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.LanguageModel;

final class ServingExample {

    // guide: begin
    static Generator serving(LanguageModel model) {
        BatchOptions options = BatchOptions.DEFAULT
                .withMaxRows(32) // texts in one pass
                .withMaxWaiting(200) // more are refused
                .withPrefixTokens(4_096); // of ended texts, for the next turn of a chat
        return Generator.of(
                model,
                Prompting.of(model),
                Limits.DEFAULT,
                options,
                pass -> System.out.println(pass.rows() + " texts, " + pass.waiting() + " wait"));
    }
    // guide: end

    private ServingExample() {}
}
