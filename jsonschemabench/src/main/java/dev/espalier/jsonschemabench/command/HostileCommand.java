// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.jsonschemabench.hostile.CaseResult;
import dev.espalier.jsonschemabench.hostile.GeneratedInputs;
import dev.espalier.jsonschemabench.hostile.HostileRun;
import dev.espalier.jsonschemabench.hostile.HostileTable;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench hostile}. */
@Command(
        name = "hostile",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.HostileCommand")
public final class HostileCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--data", required = true, paramLabel = "DIR")
    private Path data;

    @Option(names = "--generated", paramLabel = "DIR")
    private Optional<Path> generated;

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "")
    private String only;

    @Option(names = "--machines", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "2")
    private int machines;

    @Option(names = "--json")
    private boolean json;

    public HostileCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (generated.isPresent()) {
            return run(generated.get());
        }
        Path scratch = Files.createTempDirectory("espalier-hostile");
        try {
            return run(scratch);
        } finally {
            delete(scratch);
        }
    }

    private int run(Path inputs) throws InterruptedException {
        String missing = GeneratedInputs.write(data, inputs);
        if (!missing.isEmpty()) {
            console.err().println("espalier: large inputs are missing, their cases are skipped: " + missing);
        }
        HostileRun run = new HostileRun(data, inputs, machines, id -> id.contains(only));
        List<CaseResult> results;
        try (Progress progress = Progress.start(console, "hostile", run.size())) {
            results = run.run(result -> progress.step());
        }
        HostileTable table = new HostileTable(results);
        if (json) {
            results.forEach(result -> console.out().println(result.toJson()));
        } else {
            console.out().print(table);
            table.failures().forEach(failure -> console.out().println(failure));
        }
        console.out().flush();
        console.err().println(table.summary());
        return table.failures().isEmpty() ? ExitCode.DONE : ExitCode.NOT_VALID;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
