// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.ChatPrompting;
import dev.espalier.Generator;
import dev.espalier.SchemaForm;
import dev.espalier.core.Limits;
import dev.espalier.sampler.LanguageModel;

final class PromptingExample {

    // guide: begin
    static Generator extracting(LanguageModel model) {
        ChatPrompting prompting = ChatPrompting.of(model)
                .withSystem("You read mails and write what they say as JSON.")
                .withSchemaForm(SchemaForm.RECORD)
                .withReasoning(false); // where the template has a switch for it
        return Generator.of(model, prompting, Limits.DEFAULT);
    }
    // guide: end

    private PromptingExample() {}
}
