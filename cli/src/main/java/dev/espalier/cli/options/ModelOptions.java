// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.Generator;
import dev.espalier.Infiller;
import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchDiffusionModel;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sprig.Sprig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the model and the device on which it computes. */
public class ModelOptions {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A model as Hugging Face keeps it: config.json, tokenizer.json, *.safetensors; of the Llama "
                    + "family, or for infill LLaDA or Dream. It is given the prompt as it is. Default: the embedded "
                    + "model.")
    private @Nullable Path directory;

    @Option(names = "--device", paramLabel = "cpu|cuda", description = "Where the model computes. Default: cpu.")
    private String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "CPU threads of the model. Default: the physical cores.")
    private int threads;

    public ModelOptions() {}

    /** A generator and the model that must be closed after it. */
    public record Opened(Generator generator, @Nullable LanguageModel model) implements AutoCloseable {
        @Override
        public void close() {
            generator.close();
            if (model != null) {
                model.close();
            }
        }
    }

    /** An infiller and the model that must be closed after it. */
    public record OpenedInfiller(
            Infiller infiller, @Nullable MaskedDiffusionModel model) implements AutoCloseable {
        @Override
        public void close() {
            infiller.close();
            if (model != null) {
                model.close();
            }
        }
    }

    /** Loads the model. */
    public Opened open(Console console, Limits limits) {
        tell(console);
        if (directory == null) {
            return new Opened(Sprig.generator(options(), limits), null);
        }
        LanguageModel model = PyTorchModel.load(present(directory), options());
        return new Opened(Generator.of(model, limits), model);
    }

    /** Loads a diffusion model. */
    public OpenedInfiller openInfiller(Console console, Limits limits) {
        tell(console);
        if (directory == null) {
            return new OpenedInfiller(Sprig.infiller(options(), limits), null);
        }
        MaskedDiffusionModel model = PyTorchDiffusionModel.load(present(directory), options());
        return new OpenedInfiller(Infiller.of(model, limits), model);
    }

    /** Says what the first model that is loaded on a machine brings with it. */
    private static void tell(Console console) {
        PyTorchModel.pendingLibraries()
                .ifPresent(folder -> console.err()
                        .println("espalier: unpacking PyTorch's native libraries to " + folder
                                + " (some 450 MB, once)"));
    }

    private static Path present(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException(directory + ": expected a directory with config.json, tokenizer.json and "
                    + "*.safetensors" + (Files.exists(directory) ? ", but it is a file" : ", but there is none"));
        }
        return directory;
    }

    private LoadOptions options() {
        return LoadOptions.DEFAULT.withDevice(ComputeDevice.parse(device)).withThreads(threads);
    }
}
