package dev.espalier.jsonschemabench;

import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.endtoend.EndToEndBench;
import dev.espalier.jsonschemabench.endtoend.RandomModel;
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
        description = {
            "Takes the time per token and per text with and without the constraint, masks computed beside the forward pass and after"
                    + " it, one text and many at a time, and what forced text saves. All ways of decoding write the same tokens.",
            "Runs on the embedded model and, for each --tokenizer, on a Llama with random weights and the tokenizer's"
                    + " vocabulary, which is made in --models if it is not there: config.json, model.safetensors,"
                    + " tokenizer.json, two bytes a parameter.",
            "Writes results.jsonl and report.html; a run that was stopped goes on where it was. Takes --seconds for each model and"
                    + " batch, or two rounds where these take longer: about five minutes with two tokenizers on two cores."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench endtoend --out endtoend-out",
            "  espalier bench endtoend --tokenizer $ESPALIER_DATA/tokenizers/{gpt2,llama3_1}.json.gz --models models --out"
                    + " endtoend-out",
            "  espalier bench endtoend --without-sprig --tokenizer llama3_1.json.gz --parameters 300 --batch 1 --seconds 120"
                    + " --out endtoend-out"
        })
final class EndToEndCommand extends FolderCommand {

    private static final long MILLION = 1_000_000;

    @Option(
            names = "--tokenizer",
            arity = "1..*",
            paramLabel = "FILE",
            description = TokenizerOption.FILE + ", of a real model: for each a model with random weights is measured")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Path> tokenizers = List.of();

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "where models with random weights are made and found again (default: models in the folder of --out)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> models;

    @Option(
            names = "--parameters",
            converter = AtLeastOne.class,
            paramLabel = "MILLIONS",
            defaultValue = "100",
            description = "the least size of a model with random weights (default: ${DEFAULT-VALUE})")
    private int parameters;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(names = "--without-sprig", description = "leave out the embedded model")
    private boolean withoutSprig;

    @Option(
            names = "--batch",
            arity = "1..*",
            split = ",",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "1,32",
            description = "texts at a time (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Integer> batches;

    @Option(
            names = "--texts",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "8",
            description = "only the first N of the harness' texts (default: ${DEFAULT-VALUE}, all)")
    private int texts;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "threads of the forward pass; 0 takes what suits the model (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--seconds",
            converter = AtLeastOne.class,
            paramLabel = "S",
            defaultValue = "20",
            description = "how long each model and batch is measured (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--rounds",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "the least rounds of all texts in all ways for each model and batch, however long they take (default: ${DEFAULT-VALUE})")
    private int rounds;

    EndToEndCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        tokenizers.forEach(TokenizerOption::readable);
        EndToEndBench.Plan plan = new EndToEndBench.Plan(texts, seconds, rounds);
        return new BenchRunner<>(new EndToEndBench(sources(), batches, plan, settings(), setting()));
    }

    private List<EndToEndBench.Source> sources() {
        LoadOptions options = LoadOptions.DEFAULT.withThreads(threads);
        List<EndToEndBench.Source> sources = new ArrayList<>();
        if (!withoutSprig) {
            sources.add(new EndToEndBench.Source("sprig", () -> Sprig.load(options)));
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
                .with("--texts", texts);
    }

    private String setting() {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d s for each model and batch; models of at least %d million random parameters, seed %d; %s threads",
                seconds,
                parameters,
                seed.value(),
                threads == 0 ? "default" : Integer.toString(threads)));
    }
}
