package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.compare.ComparisonRun;
import java.util.List;
import picocli.CommandLine.Command;
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
final class CompareCommand extends FolderCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "[NAME=]FILE_OR_DIR",
            description = "results.jsonl, or the folder that has it; the first is what others are compared with")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> files;

    CompareCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        return new ComparisonRun(files);
    }
}
