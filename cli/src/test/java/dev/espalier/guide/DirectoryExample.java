// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.sampler.LanguageModel;
import java.nio.file.Path;

final class DirectoryExample {

    // guide: begin
    static String date(Path directory) {
        LoadOptions options = LoadOptions.DEFAULT.withDevice(ComputeDevice.parse("cpu"));
        try (LanguageModel model = PyTorchModel.load(directory, options);
                Generator generator = Generator.of(model)) {
            return generator.generate("Today is ", Output.regex("[0-9]{4}-[0-9]{2}-[0-9]{2}"));
        }
    }
    // guide: end

    private DirectoryExample() {}
}
