// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.grammars.GrammarFiles;
import dev.espalier.jsonschemabench.grammars.GrammarsBench;
import dev.espalier.jsonschemabench.grammars.OtherEngine;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.hard.HardCases;
import dev.espalier.jsonschemabench.languages.Language;
import dev.espalier.jsonschemabench.languages.LanguageText;
import dev.espalier.jsonschemabench.languages.LanguagesBench;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
import dev.espalier.jsonschemabench.run.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(names = "--readings", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "3")
    private int readings;

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "60")
    private int seconds;

    @Option(names = "--grammar", arity = "1..*", paramLabel = "FILE")
    private List<Path> grammars = List.of();

    @Option(names = "--grammars", paramLabel = "DIR")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--beside", arity = "1..*", paramLabel = "DIR")
    private List<Path> beside = List.of();

    public GrammarsCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        if (!grammars.isEmpty() || folder.isPresent()) {
            return new BenchRunner<>(grammarFiles());
        }
        if (!beside.isEmpty()) {
            throw new InvalidInputException("--beside needs --grammar or --grammars");
        }
        files.keySet().forEach(Language::parse);
        List<LanguageText> texts = languages.stream()
                .map(Language::parse)
                .distinct()
                .map(this::text)
                .toList();
        return new BenchRunner<>(new LanguagesBench(
                texts, tokenizer.vocabulary(), tokenizer.encoder(), readings, seconds, settings(), setting()));
    }

    private GrammarsBench grammarFiles() {
        List<Path> all = new ArrayList<>(grammars);
        folder.map(GrammarFiles::in).ifPresent(all::addAll);
        HardCases cases = GrammarFiles.read(all);
        Settings decisive = Settings.none()
                .withEngine()
                .withFile("--tokenizer", tokenizer.file())
                .with("--readings", readings)
                .with("--seconds", seconds);
        String setting = RunSetting.of(String.format(
                Locale.ROOT,
                "Tokenizer %s; %d grammars; the least of %d readings; one thread",
                tokenizer.name(),
                all.size(),
                readings));
        HardBench bench = new HardBench(
                cases,
                tokenizer.vocabulary(),
                tokenizer.encoder(),
                decisive,
                Clock.WALL,
                Integer.MAX_VALUE,
                readings,
                seconds,
                setting);
        return new GrammarsBench(bench, beside.stream().map(OtherEngine::read).toList());
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
