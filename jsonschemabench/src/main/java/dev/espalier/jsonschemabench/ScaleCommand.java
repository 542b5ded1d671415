package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.scale.ScaleBench;
import dev.espalier.jsonschemabench.scale.ScaleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench scale}. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = {
            "Times the masks of a batch of sequences with different schemas, made one at a time and by several threads; one schema"
                    + " shared by many threads, virtual ones on Java 21 and later; and how costs grow with the vocabulary, the"
                    + " schema's size and its depth.",
            "Writes results.jsonl and report.html; a run that was stopped, also by Ctrl-C, goes on where it was. Ends with status 1"
                    + " if a mask depends on who made it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench scale --data $ESPALIER_DATA/jsonschemabench --tokenizer $ESPALIER_DATA/tokenizers/llama3_1.json.gz"
                    + " --tokenizers $ESPALIER_DATA/tokenizers --out scale-out",
            "  JAVA_HOME=/opt/jdk-25 espalier bench scale --data jsonschemabench --tokenizer tokenizer.json --largest 100"
                    + " --out scale-out"
        })
final class ScaleCommand extends RunCommand {

    @Mixin
    private final CorpusOption data = new CorpusOption();

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(
            names = "--tokenizers",
            arity = "1..*",
            paramLabel = "DIR_OR_FILE",
            description = "tokenizers whose vocabularies are compared; all else runs with --tokenizer (default: none)")
    private List<Path> tokenizers = List.of();

    @Option(
            names = "--sequences",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "64",
            description = "sequences of the batch, each of a schema of its own (default: ${DEFAULT-VALUE})")
    private int sequences;

    @Option(
            names = "--steps",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "100",
            description = "steps of each sequence (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(
            names = "--tasks",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "1000",
            description = "sequences of the shared schema, each on a thread of its own where threads are virtual"
                    + " (default: ${DEFAULT-VALUE})")
    private int tasks;

    @Option(
            names = "--limit",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "100",
            description = "schemas of the corpus for each vocabulary (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(
            names = "--largest",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "3000",
            description = "members, strings or characters of the largest generated schema; levels end at 1000"
                    + " (default: ${DEFAULT-VALUE})")
    private int largest;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final OutputOption output = new OutputOption();

    ScaleCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        ScaleSettings settings = new ScaleSettings(
                data.corpus(),
                tokenizer.file(),
                files(),
                sequences,
                steps,
                threads.count(),
                tasks,
                limit,
                largest,
                seed.value());
        return new BenchRunner<>(new ScaleBench(settings, setting()));
    }

    @Override
    Output output() {
        return output.output();
    }

    /** The tokenizers' files; of a folder those that end as such files do. */
    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path path : tokenizers) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    inside.filter(file -> file.toString().matches(".*\\.json(\\.gz)?"))
                            .sorted()
                            .forEach(files::add);
                } catch (IOException e) {
                    throw new InvalidInputException(path + ": cannot be read: " + e, e);
                }
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private String setting() {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d sequences of %d steps; %d texts of the shared schema; %d schemas for each vocabulary; tokenizer %s; seed %d;"
                        + " any order, official text; %d threads",
                sequences,
                steps,
                tasks,
                limit,
                tokenizer.name(),
                seed.value(),
                threads.count()));
    }
}
