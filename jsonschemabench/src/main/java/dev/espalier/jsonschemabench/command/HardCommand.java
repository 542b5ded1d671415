// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.hard.HardCases;
import dev.espalier.jsonschemabench.hard.SpanCases;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.Output;
import dev.espalier.jsonschemabench.option.ReportOutput;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.TokenizerOption;
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
        resourceBundle = "dev.espalier.jsonschemabench.command.HardCommand")
public final class HardCommand extends RunCommand {

    @Option(names = "--tokenizer", paramLabel = "FILE")
    private Optional<Path> tokenizer = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--write-cases", paramLabel = "DIR")
    private Optional<Path> cases = Optional.empty();

    @Option(names = "--only", split = ",", paramLabel = "PART", defaultValue = "")
    private List<String> only = List.of();

    @Option(names = "--spans", paramLabel = "FILE")
    private Optional<Path> spans = Optional.empty();

    @Option(names = "--characters", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "100000")
    private int characters;

    @Option(names = "--max-tokens", converter = AtLeastOne.class, paramLabel = "N")
    private int maxTokens = Integer.MAX_VALUE;

    @Option(names = "--runs", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "3")
    private int runs;

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "20")
    private int seconds;

    @Option(names = "--clock", paramLabel = "wall|cpu", defaultValue = "wall")
    private Clock clock = Clock.WALL;

    @Mixin
    private final ReportOutput report = new ReportOutput();

    public HardCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws Exception {
        if (cases.isPresent()) {
            HardCases chosen = chosen();
            chosen.write(cases.get());
            console().err().println("espalier: wrote " + chosen.cases().size() + " cases to " + cases.get());
            return ExitCode.DONE;
        }
        return super.call();
    }

    private HardCases chosen() {
        return spans.map(file -> SpanCases.read(file, characters))
                .orElseGet(HardCases::all)
                .named(only);
    }

    @Override
    protected Measurement measurement() {
        HardCases chosen = chosen();
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
                .with("--spans", spans.map(Path::toString).orElse(""))
                .with("--characters", characters)
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
                TokenizerOption.encoder(file),
                settings,
                clock,
                maxTokens,
                runs,
                seconds,
                setting));
    }

    @Override
    protected Output output() {
        return new Output(out.orElseThrow(), report);
    }
}
