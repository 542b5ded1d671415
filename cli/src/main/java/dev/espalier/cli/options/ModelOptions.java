// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.ChatTool;
import dev.espalier.Generator;
import dev.espalier.Infiller;
import dev.espalier.Output;
import dev.espalier.Prompting;
import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.LoadReport;
import dev.espalier.backends.Precision;
import dev.espalier.backends.PyTorchDiffusionModel;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.llamacpp.LlamaLibrary;
import dev.espalier.llamacpp.LlamaModel;
import dev.espalier.llamacpp.LlamaOptions;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sprig.Sprig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the model and the device on which it computes. */
public class ModelOptions {

    @Option(
            names = "--model",
            paramLabel = "DIR_OR_FILE",
            description =
                    "A model: a directory as Hugging Face keeps it (config.json, tokenizer.json, *.safetensors) or a"
                            + " .gguf file; for infill a directory of LLaDA or Dream. Default: the embedded model.")
    private @Nullable Path model;

    @Option(
            names = "--llama-cpp",
            paramLabel = "LIBRARY",
            description = "The file of a libllama (libllama.so): llama.cpp computes the .gguf file, not PyTorch.")
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

    @Mixin
    private final ChatOptions chat = new ChatOptions();

    public ModelOptions() {}

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

    /** A generator and the models that must be closed after it. */
    public record Opened(
            Generator generator,
            @Nullable LanguageModel model,
            @Nullable LanguageModel draftModel) implements AutoCloseable {

        /** What loading did to the weights; empty for the embedded model. */
        public Optional<LoadReport> report() {
            return model instanceof PyTorchModel loaded ? Optional.of(loaded.report()) : Optional.empty();
        }

        @Override
        public void close() {
            generator.close();
            if (model != null) {
                model.close();
            }
            if (draftModel != null) {
                draftModel.close();
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

    /** The prompt; empty where the messages already end with one, or go on without. */
    public String prompt(Console console, PromptOptions prompt) {
        refuseChat();
        return chat.prompt(console, prompt);
    }

    /** The tools that the model is told of. */
    public List<ChatTool> tools(Console console) {
        return chat.tools(console);
    }

    /**
     * Refuses options about chat templates.
     *
     * @param what has no such template
     */
    public void refuseChat(String what) {
        chat.refuse(what);
    }

    /** The embedded model has a prompt of its own form. */
    private void refuseChat() {
        if (model == null) {
            chat.refuse("the embedded model");
        }
    }

    /** Loads the model, which is to write an output. */
    public Opened open(Console console, Limits limits, Output<?> output) {
        return open(console, limits, output, Optional.empty());
    }

    /** Loads the model, which is to write an output, and one that drafts for it. */
    public Opened open(Console console, Limits limits, Output<?> output, Optional<Path> draftModel) {
        return open(console, limits, output, draftModel, loaded -> loaded);
    }

    /** Loads the model, which is to write an output as it is after a change, and one that drafts for it. */
    public Opened open(
            Console console,
            Limits limits,
            Output<?> output,
            Optional<Path> draftModel,
            UnaryOperator<LanguageModel> writing) {
        refuseChat();
        if (model == null && draftModel.isPresent()) {
            throw new InvalidInputException("--draft-model drafts for a --model, and there is none");
        }
        draftModel.ifPresent(ModelOptions::present);
        if (library == null) {
            tell(console);
        }
        if (model == null) {
            refuseLibrary("the embedded model");
            return new Opened(Sprig.generator(options(), limits), null, null);
        }
        LanguageModel loaded = library == null ? torch(console, present(model)) : llama(present(model), library);
        LanguageModel drafting = null;
        try {
            DraftOptions drafts = DraftOptions.DEFAULT;
            if (draftModel.isPresent()) {
                drafting = PyTorchModel.load(draftModel.get(), options().withContextLength(0));
                drafts = drafts.withModel(drafting);
            }
            BatchOptions batch = BatchOptions.DEFAULT.with(drafts);
            Prompting prompting = chat.prompting(loaded, console, output);
            return new Opened(
                    Generator.of(writing.apply(loaded), prompting, limits, batch, BatchListener.NONE),
                    loaded,
                    drafting);
        } catch (RuntimeException e) {
            loaded.close();
            if (drafting != null) {
                drafting.close();
            }
            throw e;
        }
    }

    private PyTorchModel torch(Console console, Path path) {
        PyTorchModel loaded = PyTorchModel.load(path, options());
        if (!loaded.report().isExact()) {
            console.err().println("espalier: loaded " + path.getFileName() + " in " + loaded.report());
        }
        return loaded;
    }

    private LanguageModel llama(Path path, Path file) {
        if (Files.isDirectory(path)) {
            throw new InvalidInputException(path + ": --llama-cpp computes .gguf files, and this is a directory");
        } else if (precision != null || !device.equals("cpu")) {
            throw new InvalidInputException((precision != null ? "--precision" : "--device")
                    + " is of PyTorch; with --llama-cpp the file and the library decide it");
        }
        LlamaOptions options = LlamaOptions.DEFAULT.withThreads(threads).withContextLength(context);
        return LlamaModel.load(path, LlamaLibrary.load(file), options);
    }

    private void refuseLibrary(String what) {
        if (library != null) {
            throw new InvalidInputException("--llama-cpp computes a .gguf file that --model names, and not " + what);
        }
    }

    /** Loads a diffusion model, which is to fill a text of an output. */
    public OpenedInfiller openInfiller(Console console, Limits limits, Output<?> output) {
        refuseChat();
        refuseLibrary("a model of diffusion");
        tell(console);
        if (model == null) {
            return new OpenedInfiller(Sprig.infiller(options(), limits), null);
        }
        MaskedDiffusionModel loaded = PyTorchDiffusionModel.load(present(model), options());
        try {
            return new OpenedInfiller(Infiller.of(loaded, chat.prompting(loaded, console, output), limits), loaded);
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }

    /** Says what the first model that is loaded on a machine brings with it. */
    private static void tell(Console console) {
        PyTorchModel.pendingLibraries()
                .ifPresent(folder -> console.err()
                        .println("espalier: unpacking PyTorch's native libraries to " + folder
                                + " (some 450 MB, once)"));
    }

    private static Path present(Path path) {
        boolean isGguf =
                Files.isRegularFile(path) && String.valueOf(path.getFileName()).endsWith(".gguf");
        if (!isGguf && !Files.isDirectory(path)) {
            throw new InvalidInputException(path + ": expected a .gguf file, or a directory with config.json,"
                    + " tokenizer.json and *.safetensors"
                    + (Files.exists(path) ? ", but it is another file" : ", but there is none"));
        }
        return path;
    }

    private LoadOptions options() {
        LoadOptions options = LoadOptions.DEFAULT
                .withDevice(ComputeDevice.parse(device))
                .withThreads(threads)
                .withContextLength(context);
        return precision == null ? options : options.withPrecision(precision.value);
    }
}
