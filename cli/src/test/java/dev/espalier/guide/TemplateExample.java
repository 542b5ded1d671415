// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Prompting;
import dev.espalier.core.Limits;
import dev.espalier.sampler.LanguageModel;

final class TemplateExample {

    // guide: begin
    static Generator chatting(LanguageModel model) {
        Prompting template = (prompt, output, slots) -> {
            String schema = output.schema()
                    .map(text -> "\nAnswer with JSON of this schema: " + text)
                    .orElse("");
            return model.encodePrompt("<|im_start|>user\n" + prompt + schema + "<|im_end|>\n<|im_start|>assistant\n");
        };
        return Generator.of(model, template, Limits.DEFAULT);
    }
    // guide: end

    private TemplateExample() {}
}
