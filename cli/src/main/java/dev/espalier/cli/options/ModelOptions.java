// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.ChatTool;
import dev.espalier.Generator;
import dev.espalier.Infiller;
import dev.espalier.Output;
import dev.espalier.Prompting;
import dev.espalier.backends.LoadReport;
import dev.espalier.backends.PyTorchDiffusionModel;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sprig.Sprig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the model, and for what is said to it. */
public class ModelOptions {

    @Option(
            names = "--model",
            paramLabel = "DIR_OR_FILE",
            description =
                    "A model: a directory as Hugging Face keeps it (config.json, tokenizer.json, *.safetensors) or a"
                            + " .gguf file; for infill a directory of LLaDA or Dream. Default: the embedded model.")
    private @Nullable Path model;

    @Mixin
    private final ComputeOptions compute = new ComputeOptions();

    @Mixin
    private final ChatOptions chat = new ChatOptions();

    public ModelOptions() {}

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
        draftModel.ifPresent(ComputeOptions::present);
        if (model == null) {
            compute.check(List.of());
            compute.tell(console);
            return new Opened(Sprig.generator(compute.options(), limits), null, null);
        }
        compute.check(List.of(model));
        compute.tell(console);
        LanguageModel loaded = compute.load(console, model);
        LanguageModel drafting = null;
        try {
            DraftOptions drafts = DraftOptions.DEFAULT;
            if (draftModel.isPresent()) {
                drafting = compute.loadDraft(draftModel.get());
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

    /** Loads a diffusion model, which is to fill a text of an output. */
    public OpenedInfiller openInfiller(Console console, Limits limits, Output<?> output) {
        refuseChat();
        compute.refuseLibrary("a model of diffusion");
        compute.tell(console);
        if (model == null) {
            return new OpenedInfiller(Sprig.infiller(compute.options(), limits), null);
        }
        MaskedDiffusionModel loaded = PyTorchDiffusionModel.load(ComputeOptions.present(model), compute.options());
        try {
            return new OpenedInfiller(Infiller.of(loaded, chat.prompting(loaded, console, output), limits), loaded);
        } catch (RuntimeException e) {
            loaded.close();
            throw e;
        }
    }
}
