package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.hard.HardCases;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench hard}. */
@Command(
        name = "hard",
        mixinStandardHelpOptions = true,
        description = {
            "Measures named hard cases: schemas, grammars and patterns that are known to be slow, and texts of them.",
            "Each is compiled anew for each run, with an empty store of masks; each step's least time counts. Then the texts"
                    + " are read again with the last grammar. Writes results.jsonl and report.html; a run that was stopped,"
                    + " also by Ctrl-C, goes on where it was.",
            "A case that is refused or fails ends the command with 1; one that misses a target does not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench hard --tokenizer tokenizer.json.gz --out hard-out",
            "  espalier bench hard --tokenizer tokenizer.json.gz --out hard-out --only enum,depth --max-tokens 300",
            "  espalier bench hard --write-cases cases"
        })
final class HardCommand extends RunCommand {

    @Option(names = "--tokenizer", paramLabel = "FILE", description = TokenizerOption.FILE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> tokenizer;

    @Option(names = "--out", paramLabel = "DIR", description = "where results and report are written")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> out;

    @Option(
            names = "--write-cases",
            paramLabel = "DIR",
            description = "only write each case as a file NAME.json, for other engines to run")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> cases;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PART",
            defaultValue = "",
            description = "only cases whose names contain one of these")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> only;

    @Option(
            names = "--max-tokens",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description = "read only the first N tokens of each text")
    private int maxTokens = Integer.MAX_VALUE;

    @Option(
            names = "--runs",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "3",
            description = "runs whose least times count, after one that does not (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--seconds",
            converter = AtLeastOne.class,
            paramLabel = "S",
            defaultValue = "20",
            description = "time for one run of a case (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--clock",
            paramLabel = "wall|cpu",
            defaultValue = "wall",
            description =
                    "cpu takes the thread's processor time, for machines that are busy; it makes each step some tenths of"
                            + " a microsecond longer (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Clock clock;

    @Mixin
    private final ReportOutput report = new ReportOutput();

    HardCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws Exception {
        if (cases.isPresent()) {
            HardCases chosen = HardCases.all().named(only);
            chosen.write(cases.get());
            console().err().println("espalier: wrote " + chosen.cases().size() + " cases to " + cases.get());
            return ExitCode.DONE;
        }
        return super.call();
    }

    @Override
    Measurement measurement() {
        HardCases chosen = HardCases.all().named(only);
        if (tokenizer.isEmpty() || out.isEmpty()) {
            throw new InvalidInputException("expected --tokenizer and --out, or --write-cases");
        }
        Path file = TokenizerOption.readable(tokenizer.get());
        String clockName = clock.name().toLowerCase(Locale.ROOT);
        Settings settings = Settings.none()
                .withEngine()
                .withFile("--tokenizer", file)
                .with("--clock", clockName)
                .with("--max-tokens", maxTokens)
                .with("--runs", runs)
                .with("--seconds", seconds);
        String setting = RunSetting.of(String.format(
                Locale.ROOT,
                "Tokenizer %s; members in any order, any white space; the least of %d runs, %s time; one thread",
                file.getFileName(),
                runs,
                clockName));
        return new BenchRunner<>(new HardBench(
                chosen,
                Vocabulary.read(file),
                closing(TokenizerOption.encoder(file)),
                settings,
                clock,
                maxTokens,
                runs,
                seconds,
                setting));
    }

    @Override
    Output output() {
        return new Output(out.orElseThrow(), report);
    }
}
