// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.FolderCommand;
import dev.espalier.jsonschemabench.endtoend.EndToEndBench;
import dev.espalier.jsonschemabench.endtoend.RandomModel;
import dev.espalier.jsonschemabench.endtoend.Way;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sprig.Sprig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench endtoend}. */
@Command(
        name = "endtoend",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.EndToEndCommand")
public final class EndToEndCommand extends FolderCommand {

    private static final long MILLION = 1_000_000;

    @Option(names = "--tokenizer", arity = "1..*", paramLabel = "FILE")
    private List<Path> tokenizers = List.of();

    @Option(names = "--model", arity = "1..*", paramLabel = "PATH")
    private List<Path> files = List.of();

    @Option(names = "--precision", paramLabel = "NAME", defaultValue = "f32")
    private ModelPrecision precision = ModelPrecision.F32;

    @Option(names = "--models", paramLabel = "DIR")
    private Optional<Path> models;

    @Option(names = "--parameters", converter = AtLeastOne.class, paramLabel = "MILLIONS", defaultValue = "100")
    private int parameters;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(names = "--without-sprig")
    private boolean withoutSprig;

    @Option(
            names = "--batch",
            arity = "1..*",
            split = ",",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "1,32")
    private List<Integer> batches;

    @Option(names = "--texts", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "8")
    private int texts;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0")
    private int threads;

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "20")
    private int seconds;

    @Option(names = "--rounds", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "2")
    private int rounds;

    @Option(names = "--ways", arity = "1..*", split = ",", paramLabel = "NAME")
    private List<Way> ways = List.of(Way.values());

    @Option(names = "--shared-prompt", paramLabel = "TOKENS", defaultValue = "0")
    private int sharedPrompt;

    public EndToEndCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        tokenizers.forEach(TokenizerOption::readable);
        EndToEndBench.Plan plan = new EndToEndBench.Plan(texts, seconds, rounds, ways, sharedPrompt);
        return new BenchRunner<>(new EndToEndBench(sources(), batches, plan, settings(), setting()));
    }

    private List<EndToEndBench.Source> sources() {
        LoadOptions options = LoadOptions.DEFAULT.withThreads(threads).withPrecision(precision.value());
        List<EndToEndBench.Source> sources = new ArrayList<>();
        if (!withoutSprig) {
            sources.add(new EndToEndBench.Source("sprig", () -> Sprig.load(LoadOptions.DEFAULT.withThreads(threads))));
        }
        for (Path file : files) {
            sources.add(new EndToEndBench.Source(
                    String.valueOf(file.getFileName()), () -> PyTorchModel.load(file, options)));
        }
        Path folder = models.orElseGet(() -> output().folder().resolve("models"));
        for (Path tokenizer : tokenizers) {
            RandomModel model = new RandomModel(tokenizer, parameters * MILLION, seed.value());
            sources.add(new EndToEndBench.Source(model.name(), () -> PyTorchModel.load(model.in(folder), options)));
        }
        return sources;
    }

    private Settings settings() {
        return Settings.none()
                .with("--parameters", parameters)
                .with("--seed", seed.value())
                .with("--threads", threads)
                .with("--precision", precision)
                .with("--ways", ways)
                .with("--shared-prompt", sharedPrompt)
                .with("--texts", texts);
    }

    private String setting() {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d s for each model and batch; weights in %s; models of at least %d million random parameters, seed %d; %s threads; prompts begin with %d"
                        + " tokens that all have",
                seconds,
                precision,
                parameters,
                seed.value(),
                threads == 0 ? "default" : Integer.toString(threads),
                sharedPrompt));
    }
}
