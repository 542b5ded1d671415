// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.CorpusOption;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.option.ThreadsOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
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
        resourceBundle = "dev.espalier.jsonschemabench.command.ScaleCommand")
public final class ScaleCommand extends FolderCommand {

    @Mixin
    private final CorpusOption data = new CorpusOption();

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(names = "--tokenizers", arity = "1..*", paramLabel = "DIR_OR_FILE")
    private List<Path> tokenizers = List.of();

    @Option(names = "--sequences", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "64")
    private int sequences;

    @Option(names = "--steps", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "100")
    private int steps;

    @Option(names = "--tasks", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1000")
    private int tasks;

    @Option(names = "--limit", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "100")
    private int limit;

    @Option(names = "--largest", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "3000")
    private int largest;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    public ScaleCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
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
