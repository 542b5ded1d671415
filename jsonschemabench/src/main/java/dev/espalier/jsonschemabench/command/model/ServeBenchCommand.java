// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.FolderCommand;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.serve.LoadRun;
import dev.espalier.jsonschemabench.serve.LoadSettings;
import dev.espalier.protocol.ServedModel;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import dev.espalier.tool.ToolConvention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.ServeBenchCommand")
public final class ServeBenchCommand extends FolderCommand {

    private static final int MOST_TOKENS = 256;

    @Option(names = "--model", paramLabel = "FILE_OR_DIR")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--precision", paramLabel = "f32|bf16|int8|int4", defaultValue = "f32")
    private ModelPrecision precision = ModelPrecision.F32;

    @Option(names = "--clients", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "64")
    private int clients;

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "600")
    private int seconds;

    @Option(names = "--requests", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1000000")
    private int requests;

    @Option(names = "--windows", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "20")
    private int windows;

    @Option(names = "--leaving", paramLabel = "SHARE", defaultValue = "0.1")
    private double leaving;

    @Option(names = "--threads", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1")
    private int threads;

    @Mixin
    private final SeedOption seed = new SeedOption();

    public ServeBenchCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        if (file.isPresent() && !Files.exists(file.get())) {
            throw new InvalidInputException(file.get() + ": no such file or directory");
        }
        LoadSettings settings = new LoadSettings(clients, seconds, requests, windows, leaving, seed.value());
        LoadOptions options =
                LoadOptions.DEFAULT.withPrecision(precision.value()).withThreads(threads);
        LanguageModel model = closing(file.isPresent() ? PyTorchModel.load(file.get(), options) : Sprig.load(options));
        Assistant assistant = closing(Assistant.of(model, options(model)));
        String name = file.map(Path::getFileName).map(Path::toString).orElse("sprig");
        String setting = RunSetting.of(String.format(
                Locale.ROOT,
                "%s, %s, %d thread%s; %d clients for %d seconds, %d requests at most, %.0f %% of them left early; heap of %d MB",
                name,
                precision,
                threads,
                threads == 1 ? "" : "s",
                clients,
                seconds,
                requests,
                leaving * 100,
                Runtime.getRuntime().maxMemory() >> 20));
        return new LoadRun(settings, new ServedModel(name, assistant, 0, MOST_TOKENS), setting);
    }

    /** Each text is computed on its own. The embedded model, which knows no tools, calls them as Hermes models do. */
    private AssistantOptions options(LanguageModel model) {
        AssistantOptions options =
                AssistantOptions.DEFAULT.with(BatchOptions.DEFAULT.withInvariant(true), BatchListener.NONE);
        return file.isPresent()
                ? options
                : options.with(ToolConvention.named("hermes"))
                        .with((prompt, output, slots) -> Sprig.prompt(model, prompt, output));
    }
}
