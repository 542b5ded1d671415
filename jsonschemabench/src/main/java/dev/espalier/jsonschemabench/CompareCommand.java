package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.WholeFile;
import dev.espalier.jsonschemabench.compare.Comparison;
import dev.espalier.jsonschemabench.compare.ComparisonReport;
import dev.espalier.jsonschemabench.compare.EngineResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code bench compare}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Makes one report of several result files of bench maskbench, bench hard or jsonschemabench/peers/run.py:"
                    + " coverage, wrong verdicts, and distributions of times, on what all compiled and in full, and how many"
                    + " times as long each takes as the first.",
            "Writes comparison.json, report.md and report.html."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench compare out/espalier out/llguidance out/xgrammar --out out/compare",
            "  espalier bench compare before=a/results.jsonl after=b/results.jsonl --out out/compare"
        })
final class CompareCommand implements Callable<Integer> {

    private static final String FIGURES = "comparison.json";
    private static final String MARKDOWN = "report.md";

    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "[NAME=]FILE_OR_DIR",
            description = "results.jsonl, or the folder that has it; the first is what others are compared with")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> files;

    @Mixin
    private final OutputOption output = new OutputOption();

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<EngineResults> engines = new ArrayList<>();
        try (Progress progress = Progress.start(console, "compare", files.size())) {
            for (String file : files) {
                engines.add(EngineResults.read(file));
                progress.step();
            }
        }
        Comparison comparison = new Comparison(engines);
        write(FIGURES, comparison.toJson() + System.lineSeparator());
        write(MARKDOWN, comparison.markdown());
        output.show(new ComparisonReport(comparison).page(), FIGURES, comparison, console);
        return ExitCode.DONE;
    }

    private void write(String name, String text) {
        Path file = output.folder().resolve(name);
        try {
            Files.createDirectories(output.folder());
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file + ": " + e, e);
        }
    }
}
