package dev.espalier.jsonschemabench;

import dev.espalier.cli.Console;
import dev.espalier.cli.ExitCode;
import dev.espalier.jsonschemabench.hard.HardCases;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench hard}. */
@Command(
        name = "hard",
        mixinStandardHelpOptions = true,
        description = {
            "Measures named hard cases: schemas, grammars and patterns that are known to be slow, and texts of them.",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  espalier bench hard --write-cases cases"})
final class HardCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--write-cases",
            paramLabel = "DIR",
            description = "write each case as a file NAME.json, for other engines to run")
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

    HardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        HardCases all = HardCases.all().named(only);
        cases.ifPresent(folder -> {
            all.write(folder);
            console.err().println("espalier: wrote " + all.cases().size() + " cases to " + folder);
        });
        return ExitCode.DONE;
    }
}
