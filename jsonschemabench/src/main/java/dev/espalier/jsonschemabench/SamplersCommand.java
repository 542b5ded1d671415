package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.samplers.SamplersBench;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench samplers}. */
@Command(
        name = "samplers",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the samplers of whole texts at equal numbers of calls of the model: how far the law of their samples is"
                    + " from the model's law restricted to the language, and how well they estimate that language's"
                    + " probability.",
            "On small languages under a model that is a hash, where everything is known exactly, and on schemas under the"
                    + " embedded model. Writes results.jsonl and report.html; a run that was stopped, also by Ctrl-C, goes on"
                    + " where it was."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench samplers --data $ESPALIER_DATA --out samplers-out",
            "  espalier bench samplers --out samplers-out --only words --calls 100,1000 --runs 50 --json",
            "  espalier bench samplers --out samplers-out --schemas status.json ticket.json --seed 7"
        })
final class SamplersCommand extends FolderCommand {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the folder with golden-sampling/golden.json (default: without these cases)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> data;

    @Option(
            names = "--schemas",
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "JSON Schemas for the embedded model, or .jsonl files with {\"id\", \"schema\", \"text\"} a line"
                            + " (default: three small ones)")
    private List<Path> schemas = List.of();

    @Option(names = "--only", arity = "1..*", paramLabel = "CASE", description = "run these cases only")
    private Set<String> only = Set.of();

    @Option(
            names = "--calls",
            split = ",",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "100,300,1000,3000,10000",
            description = "numbers of calls, laws of the next token (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Integer> calls;

    @Option(
            names = "--runs",
            converter = AtLeastOne.class,
            paramLabel = "R",
            defaultValue = "20",
            description = "independent repetitions of each (default: ${DEFAULT-VALUE})")
    private int runs;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    SamplersCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        String setting = RunSetting.of(String.format(
                Locale.ROOT,
                "%d repetitions, seed %d; temperature 1; %d at a time",
                runs,
                seed.value(),
                threads.count()));
        SamplersBench.Plan plan = new SamplersBench.Plan(calls, runs, seed.value(), threads.count());
        return new BenchRunner<>(new SamplersBench(data, schemas, only, plan, setting));
    }
}
