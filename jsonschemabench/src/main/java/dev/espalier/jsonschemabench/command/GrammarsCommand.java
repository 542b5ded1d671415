// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.examples.ExampleGrammar;
import dev.espalier.jsonschemabench.examples.ExamplesBench;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.languages.Language;
import dev.espalier.jsonschemabench.languages.LanguageText;
import dev.espalier.jsonschemabench.languages.LanguagesBench;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
import dev.espalier.jsonschemabench.run.Settings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench grammars}. */
@Command(
        name = "grammars",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.GrammarsCommand")
public final class GrammarsCommand extends FolderCommand {

    private static final int KILO = 1000;

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(names = "--languages", split = ",", paramLabel = "LANGUAGE")
    private List<String> languages =
            Arrays.stream(Language.values()).map(Language::label).toList();

    @Option(names = "--size", converter = AtLeastOne.class, paramLabel = "KB", defaultValue = "300")
    private int size;

    @Option(names = "--file", paramLabel = "LANGUAGE=PATH")
    private Map<String, Path> files = new LinkedHashMap<>();

    @Option(names = "--data", arity = "1..*", paramLabel = "DIR_OR_FILE")
    private List<Path> data = List.of();

    @Option(names = "--examples", paramLabel = "DIR")
    private Optional<Path> examples = Optional.empty();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(names = "--readings", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "3")
    private int readings;

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "60")
    private int seconds;

    public GrammarsCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        return examples.isPresent() ? examples(examples.get()) : languages();
    }

    private Measurement examples(Path folder) {
        List<ExampleGrammar> grammars = ExampleGrammar.readAll(folder);
        Settings settings = Settings.none()
                .withEngine()
                .withFile("--tokenizer", tokenizer.file())
                .with("--examples", folder)
                .with("--readings", readings)
                .with("--seconds", seconds);
        String setting = RunSetting.of(String.format(
                Locale.ROOT, "Tokenizer %s; the least of %d readings, one thread", tokenizer.name(), readings));
        return new BenchRunner<>(new ExamplesBench(
                grammars,
                new HardBench(
                        ExamplesBench.cases(grammars),
                        tokenizer.vocabulary(),
                        tokenizer.encoder(),
                        settings,
                        Clock.WALL,
                        Integer.MAX_VALUE,
                        readings,
                        seconds,
                        setting)));
    }

    private Measurement languages() {
        files.keySet().forEach(Language::parse);
        List<LanguageText> texts = languages.stream()
                .map(Language::parse)
                .distinct()
                .map(this::text)
                .toList();
        return new BenchRunner<>(new LanguagesBench(
                texts, tokenizer.vocabulary(), tokenizer.encoder(), readings, seconds, settings(), setting()));
    }

    private LanguageText text(Language language) {
        Optional<Path> file = Optional.ofNullable(files.get(language.label()));
        if (file.isPresent()) {
            return LanguageText.read(language, file.get(), size * KILO);
        }
        return language == Language.JSON && !data.isEmpty()
                ? LanguageText.documents(SchemaCorpus.read(data), size * KILO)
                : LanguageText.generated(language, size * KILO, seed.value());
    }

    private Settings settings() {
        return Settings.none()
                .withFile("--tokenizer", tokenizer.file())
                .with("--size", size)
                .with("--seed", seed.value())
                .with("--readings", readings)
                .with("--data", data)
                .with("--file", files);
    }

    private String setting() {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "Languages %s; tokenizer %s; %d readings",
                languages.stream().collect(Collectors.joining(", ")),
                tokenizer.name(),
                readings));
    }
}
