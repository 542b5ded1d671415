// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.LoneThreadsOption;
import dev.espalier.jsonschemabench.option.Output;
import dev.espalier.jsonschemabench.option.ReportOutput;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.TokenizerOption;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.testsuite.SuiteSchemas;
import dev.espalier.jsonschemabench.unseen.UnseenBench;
import dev.espalier.jsonschemabench.unseen.UnseenSettings;
import dev.espalier.jsonschemabench.unseen.input.SchemaParts;
import dev.espalier.jsonschemabench.unseen.input.UnseenInputs;
import dev.espalier.jsonschemabench.unseen.input.Weights;
import dev.espalier.jsonschemabench.unseen.trial.TrialSettings;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench unseen}. */
@Command(
        name = "unseen",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.UnseenCommand")
public final class UnseenCommand extends RunCommand {

    private static final int CORPUS_SCHEMAS = 800;
    private static final int SUITE_SCHEMAS = 400;

    @Option(names = "--data", arity = "1..*", paramLabel = "DIR_OR_FILE")
    private List<Path> data = List.of();

    @Option(names = "--suite", paramLabel = "DIR_OR_TGZ")
    private Optional<Path> suite = Optional.empty();

    @Option(names = "--tokenizer", paramLabel = "FILE")
    private Optional<Path> tokenizer = Optional.empty();

    @Option(names = "--seed", paramLabel = "S")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--schemas", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "2000")
    private int count;

    @Option(names = "--tokens", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "120")
    private int tokens;

    @Option(names = "--compile-deadline", converter = AtLeastOne.class, paramLabel = "MS", defaultValue = "10000")
    private int compileDeadline;

    @Option(names = "--step-deadline", converter = AtLeastOne.class, paramLabel = "MS", defaultValue = "2000")
    private int stepDeadline;

    @Option(names = "--total", converter = AtLeastOne.class, paramLabel = "MS", defaultValue = "4000")
    private int total;

    @Option(names = "--heap", converter = AtLeastOne.class, paramLabel = "MB", defaultValue = "512")
    private int heap;

    @Option(names = "--tries", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "150")
    private int tries;

    @Mixin
    private final LoneThreadsOption threads = new LoneThreadsOption();

    @Option(names = "--out", paramLabel = "DIR")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final ReportOutput report = new ReportOutput();

    public UnseenCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        long decided = seed.orElseGet(
                () -> Long.parseLong(LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE)));
        seed = Optional.of(decided);
        console().err().println("espalier: seed " + decided);
        Path file = TokenizerOption.readable(tokenizer.orElseGet(() -> below("tokenizers/llama3_1.json.gz")));
        UnseenSettings settings = new UnseenSettings(
                count,
                threads.count(),
                heap,
                new TrialSettings(compileDeadline, stepDeadline, tokens, 2, total),
                tries,
                10L * total);
        return new BenchRunner<>(new UnseenBench(
                settings, inputs(decided), Vocabulary.read(file), kept(decided, file), setting(decided, file)));
    }

    @Override
    protected Output output() {
        return new Output(out.orElseGet(() -> Path.of("unseen-" + seed.orElseThrow())), report);
    }

    private UnseenInputs inputs(long decided) {
        List<Path> corpora = data.isEmpty() ? List.of(below("jsonschemabench")) : data;
        List<String> more = SuiteSchemas.read(
                suite.orElseGet(() -> below("json-schema-test-suite/json-schema-test-suite.tar.gz")),
                SUITE_SCHEMAS,
                decided);
        SchemaParts parts = SchemaParts.of(SchemaCorpus.read(corpora), CORPUS_SCHEMAS, more, decided);
        return new UnseenInputs(Weights.read(), parts, decided);
    }

    private static Path below(String name) {
        String folder = System.getenv("ESPALIER_DATA");
        if (folder == null) {
            throw new InvalidInputException(
                    "expected --data, --suite and --tokenizer, or their folder in the variable ESPALIER_DATA");
        }
        return Path.of(folder).resolve(name);
    }

    private Settings kept(long decided, Path file) {
        return Settings.none()
                .withEngine()
                .withFile("--tokenizer", file)
                .with("--seed", decided)
                .with("--data", data)
                .with("--tokens", tokens)
                .with("--compile-deadline", compileDeadline)
                .with("--step-deadline", stepDeadline)
                .with("--total", total)
                .with("--heap", heap);
    }

    private String setting(long decided, Path file) {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d inputs of seed %d; tokenizer %s; texts of at most %d tokens; deadlines of %d ms to compile and %d ms a"
                        + " step; heap of %d MB; %d threads",
                count,
                decided,
                file.getFileName(),
                tokens,
                compileDeadline,
                stepDeadline,
                heap,
                threads.count()));
    }
}
