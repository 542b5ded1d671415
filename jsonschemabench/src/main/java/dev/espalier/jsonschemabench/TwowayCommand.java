package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.testsuite.SuiteFiles;
import dev.espalier.jsonschemabench.twoway.TwowayRun;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench twoway}. */
@Command(
        name = "twoway",
        mixinStandardHelpOptions = true,
        description = {
            "Counts both directions of being wrong, invalid texts accepted and valid texts refused, for each keyword of JSON"
                    + " Schema and for pairs of keywords: the official test suite turned into decoding tests.",
            "Then a simulated model that has a text in mind, and prefers white space when it is blocked, writes under the"
                    + " masks: how often it never ends, and how many of its texts are valid within a number of tokens.",
            "Other engines' results in the same folder, by jsonschemabench/peers/run.py, are set beside these. Writes"
                    + " report.md and report.html; a run that was stopped goes on where it was."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench twoway --suite json-schema-test-suite.tar.gz --data jsonschemabench --limit 300"
                    + " --tokenizer tokenizer.json --out out",
            "  python jsonschemabench/peers/run.py --engine llguidance --data out/cases --tokenizer tokenizer.json"
                    + " --out out/verdicts/llguidance",
            "  python jsonschemabench/peers/run.py --engine llguidance --wishes out/wishes --tokenizer tokenizer.json"
                    + " --out out/written/llguidance"
        })
final class TwowayCommand extends FolderCommand {

    @Option(
            names = "--suite",
            required = true,
            paramLabel = "FILE_OR_DIR",
            description = "a clone of JSON-Schema-Test-Suite, or a .tar.gz of one")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path suite;

    @Mixin
    private final CorpusOption data = new CorpusOption();

    @Mixin
    private final SampleOption sample = new SampleOption();

    @Option(
            names = "--pairs",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "2",
            description = "schemas of each pair of keywords (default: ${DEFAULT-VALUE})")
    private int pairs;

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    TwowayCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        TwowayRun run = new TwowayRun(
                output().folder(),
                tokenizer.vocabulary(),
                closing(tokenizer.encoder()),
                sample.of(data.corpus()),
                threads.count(),
                Settings.none().withEngine().withFile("--tokenizer", tokenizer.file()),
                RunSetting.of("tokenizer " + tokenizer.name()));
        run.prepare(SuiteFiles.read(suite), pairs, sample.seed());
        return run;
    }
}
