// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.FolderCommand;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.generate.GenerationBench;
import dev.espalier.jsonschemabench.generate.GenerationSettings;
import dev.espalier.jsonschemabench.generate.GenerationTrial;
import dev.espalier.jsonschemabench.generate.LongContext;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.CorpusOption;
import dev.espalier.jsonschemabench.option.LoneThreadsOption;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SampleOption;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.SamplingParameters;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.GenerateBenchCommand")
public final class GenerateBenchCommand extends FolderCommand {

    @Mixin
    private final CorpusOption data = new CorpusOption();

    @Option(names = "--model", paramLabel = "DIR")
    private Optional<Path> directory;

    @Option(names = "--device", paramLabel = "cpu|cuda", defaultValue = "cpu")
    private String device;

    @Mixin
    private final SampleOption sample = new SampleOption();

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "1")
    private double temperature;

    @Option(names = "--max-tokens", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "2048")
    private int maxTokens;

    @Mixin
    private final LoneThreadsOption threads = new LoneThreadsOption();

    @Option(names = "--schema-seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "60")
    private int schemaSeconds;

    @Option(names = "--unconstrained")
    private boolean unconstrained;

    public GenerateBenchCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        SchemaCorpus corpus = sample.of(data.corpus());
        SamplingParameters parameters = SamplingParameters.DEFAULT
                .withTemperature(temperature)
                .withSeed(sample.seed())
                .withMaxTokens(maxTokens);
        LanguageModel model = closing(load());
        GenerationSettings settings = new GenerationSettings(
                model.name(), directory.isEmpty(), device, parameters, schemaSeconds, unconstrained);
        return new BenchRunner<>(new GenerationBench(
                corpus,
                new GenerationTrial(model, settings),
                threads.count(),
                schemas -> setting(model.name(), schemas)));
    }

    private LanguageModel load() {
        LoadOptions options = LoadOptions.DEFAULT.withDevice(ComputeDevice.parse(device));
        return directory.isPresent()
                ? PyTorchModel.load(directory.get(), options)
                : LongContext.sprig(options, maxTokens);
    }

    private String setting(String model, int schemas) {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d schemas, seed %d; model %s on %s; temperature %s; at most %d tokens; %d at a time",
                schemas,
                sample.seed(),
                model,
                device,
                temperature,
                maxTokens,
                threads.count()));
    }
}
