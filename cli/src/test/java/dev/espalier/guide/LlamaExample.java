// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.llamacpp.LlamaModel;
import dev.espalier.llamacpp.LlamaOptions;
import dev.espalier.sampler.LanguageModel;
import java.nio.file.Path;

final class LlamaExample {

    // guide: begin
    static String date(Path file) { // a .gguf file; of a split one the first part
        LlamaOptions options = LlamaOptions.DEFAULT.withCells(4096);
        try (LanguageModel model = LlamaModel.load(file, options);
                Generator generator = Generator.of(model)) {
            return generator.generate("When was the moon landing?", Output.regex("[0-9]{4}-[0-9]{2}-[0-9]{2}"));
        }
    }
    // guide: end

    private LlamaExample() {}
}
