package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.StopSignal;
import dev.espalier.jsonschemabench.samplers.SamplersReport;
import dev.espalier.jsonschemabench.samplers.SamplersRun;
import dev.espalier.jsonschemabench.samplers.SamplersSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
final class SamplersCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the folder with golden-sampling/golden.json (default: without these cases)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> data;

    @Mixin
    private final OutputOption output = new OutputOption();

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
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        SamplersRun run = new SamplersRun(data, schemas, only, calls, runs, seed.value());
        try (StopSignal stop = new StopSignal()) {
            SamplersSummary summary;
            try (Progress progress = Progress.start(console, "samplers", run.size())) {
                summary = run.run(output.folder(), threads.workers(stop), progress::step);
            }
            output.show(new SamplersReport(summary, setting(run)).page(), summary, console);
            return stop.cancellation().isRequested() ? ExitCode.NOT_VALID : ExitCode.DONE;
        }
    }

    private String setting(SamplersRun run) {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%s; %d repetitions, seed %d; temperature 1; %d at a time",
                String.join(", ", run.cases()),
                runs,
                seed.value(),
                threads.count()));
    }
}
