// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.Precision;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.llamacpp.LlamaLibrary;
import dev.espalier.llamacpp.LlamaModel;
import dev.espalier.llamacpp.LlamaOptions;
import dev.espalier.sampler.LanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what computes models: PyTorch or llama.cpp, on which device, in which numbers. */
public final class ComputeOptions {

    @Option(
            names = "--llama-cpp",
            paramLabel = "LIBRARY",
            description = "The file of a libllama (libllama.so): llama.cpp computes .gguf files, not PyTorch.")
    private @Nullable Path library;

    @Option(names = "--device", paramLabel = "cpu|cuda", description = "Where the model computes. Default: cpu.")
    private String device = "cpu";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "CPU threads of the model. Default: the physical cores.")
    private int threads;

    @Option(
            names = "--precision",
            paramLabel = "f32|f16|bf16|int8|int4",
            description =
                    "The numbers that weights are kept as. Default for large models, if the processor is fast in bf16: int4"
                            + " for GGUF files mostly of 4 bits, bf16 for bf16 and other quantised files; else f32; on a GPU"
                            + " f16.")
    private @Nullable WeightPrecision precision;

    @Option(
            names = "--context",
            paramLabel = "N",
            description = "The most tokens of prompt and text. Default: the model's own number.")
    private int context;

    public ComputeOptions() {}

    /** The names of precisions on the command line. */
    enum WeightPrecision {
        F32(Precision.FLOAT32),
        F16(Precision.FLOAT16),
        BF16(Precision.BFLOAT16),
        INT8(Precision.INT8),
        INT4(Precision.INT4);

        private final Precision value;

        WeightPrecision(Precision value) {
            this.value = value;
        }
    }

    /** How PyTorch loads models. */
    public LoadOptions options() {
        LoadOptions options = LoadOptions.DEFAULT
                .withDevice(ComputeDevice.parse(device))
                .withThreads(threads)
                .withContextLength(context);
        return precision == null ? options : options.withPrecision(precision.value);
    }

    /**
     * Refuses files that are no models, and options that none of some models would heed.
     *
     * @param models their files; none for the embedded model alone
     */
    public void check(List<Path> models) {
        models.forEach(ComputeOptions::present);
        if (library == null) {
            return;
        }
        List<Path> others = models.stream().filter(path -> !isGguf(path)).toList();
        if (models.isEmpty()) {
            refuseLibrary("the embedded model");
        } else if (others.size() == models.size()) {
            throw new InvalidInputException(
                    others.get(0) + ": --llama-cpp computes .gguf files, and this is a directory");
        } else if (others.isEmpty() && (precision != null || !device.equals("cpu"))) {
            throw new InvalidInputException((precision != null ? "--precision" : "--device")
                    + " is of PyTorch; with --llama-cpp the file and the library decide it");
        }
    }

    /** Refuses {@code --llama-cpp} where something else computes. */
    void refuseLibrary(String what) {
        if (library != null) {
            throw new InvalidInputException("--llama-cpp computes a .gguf file that --model names, and not " + what);
        }
    }

    /** Says what the first model that PyTorch computes on a machine brings with it. */
    public void tell(Console console) {
        if (library == null) {
            PyTorchModel.pendingLibraries()
                    .ifPresent(folder -> console.err()
                            .println("espalier: unpacking PyTorch's native libraries to " + folder
                                    + " (some 450 MB, once)"));
        }
    }

    /** Loads a model of the file's kind, and says in which numbers if those are not the file's own. */
    public LanguageModel load(Console console, Path path) {
        if (library != null && isGguf(path)) {
            LlamaOptions options = LlamaOptions.DEFAULT.withThreads(threads).withContextLength(context);
            return LlamaModel.load(path, LlamaLibrary.load(library), options);
        }
        PyTorchModel loaded = PyTorchModel.load(path, options());
        if (!loaded.report().isExact()) {
            console.err().println("espalier: loaded " + path.getFileName() + " in " + loaded.report());
        }
        return loaded;
    }

    /** Loads a model that drafts for another. */
    public LanguageModel loadDraft(Path path) {
        return PyTorchModel.load(path, options().withContextLength(0));
    }

    private static boolean isGguf(Path path) {
        return Files.isRegularFile(path) && String.valueOf(path.getFileName()).endsWith(".gguf");
    }

    /**
     * The file of a model.
     *
     * @throws InvalidInputException if it is none
     */
    public static Path present(Path path) {
        if (!isGguf(path) && !Files.isDirectory(path)) {
            throw new InvalidInputException(path + ": expected a .gguf file, or a directory with config.json,"
                    + " tokenizer.json and *.safetensors"
                    + (Files.exists(path) ? ", but it is another file" : ", but there is none"));
        }
        return path;
    }
}
