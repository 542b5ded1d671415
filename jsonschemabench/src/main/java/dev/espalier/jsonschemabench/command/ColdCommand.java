// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.cold.ColdBench;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.TokenizerOption;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench cold}. */
@Command(
        name = "cold",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.ColdCommand")
public final class ColdCommand extends FolderCommand {

    private static final String USUAL = """
            {"type":"object","properties":{"customer":{"type":"string","maxLength":80},
            "date":{"type":"string","format":"date"},"paid":{"type":"boolean"},"total":{"type":"number","minimum":0},
            "items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},
            "count":{"type":"integer","minimum":1,"maximum":999},"unit":{"enum":["piece","kg","m"]}},
            "required":["name","count"],"additionalProperties":false}}},
            "required":["customer","date","items","total"],"additionalProperties":false}""";

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(names = "--schema", paramLabel = "FILE")
    private List<Path> schemas = List.of();

    @Option(names = "--runs", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "10")
    private int runs;

    @Option(names = "--masks", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "100")
    private int masks;

    public ColdCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        Settings settings =
                Settings.none().withFile("--tokenizer", tokenizer.file()).with("--masks", masks);
        for (Path schema : schemas) {
            settings = settings.withFile("--schema " + schema.getFileName(), schema);
        }
        return new BenchRunner<>(new ColdBench(
                tokenizer.file(),
                texts(),
                runs,
                masks,
                settings,
                output().folder().resolve("prepared"),
                RunSetting.of("bench cold with " + tokenizer.name())));
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path schema : schemas) {
            try {
                texts.put(String.valueOf(schema.getFileName()), Files.readString(schema));
            } catch (IOException e) {
                throw new InvalidInputException("cannot read " + schema + ": " + e, e);
            }
        }
        return texts.isEmpty() ? Map.of("invoice", USUAL) : texts;
    }
}
