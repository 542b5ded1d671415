// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.Precision;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.sampler.LanguageModel;
import java.nio.file.Path;

final class DirectoryExample {

    // guide: begin
    static String date(Path file) { // a .gguf file, or a directory
        LoadOptions options = LoadOptions.DEFAULT.withPrecision(Precision.INT8);
        try (LanguageModel model = PyTorchModel.load(file, options);
                Generator generator = Generator.of(model)) {
            return generator.generate("When was the moon landing?", Output.regex("[0-9]{4}-[0-9]{2}-[0-9]{2}"));
        }
    }
    // guide: end

    private DirectoryExample() {}
}
