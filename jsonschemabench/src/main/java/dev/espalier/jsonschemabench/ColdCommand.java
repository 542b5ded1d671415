package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.cold.ColdRun;
import dev.espalier.jsonschemabench.cold.ColdSummary;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench cold}. */
@Command(
        name = "cold",
        mixinStandardHelpOptions = true,
        description = {
            "Starts fresh Java machines and takes the time to the first mask of a schema, and of the masks of a short text:"
                    + " from tokenizer.json, with the vocabulary prepared, and warmed up before; plain, and with the options of"
                    + " bin/espalier.",
            "Writes results.jsonl and report.html; a run that was stopped goes on where it was. Six ways times --runs, a second"
                    + " each, and some seconds where they warm up: about two minutes a schema."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench cold --tokenizer tokenizer.json --out cold-out",
            "  espalier bench cold --tokenizer llama3_1.json.gz --schema a.json --schema b.json --runs 20 --out cold-out"
        })
final class ColdCommand implements Callable<Integer> {

    private static final String USUAL = """
            {"type":"object","properties":{"customer":{"type":"string","maxLength":80},
            "date":{"type":"string","format":"date"},"paid":{"type":"boolean"},"total":{"type":"number","minimum":0},
            "items":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},
            "count":{"type":"integer","minimum":1,"maximum":999},"unit":{"enum":["piece","kg","m"]}},
            "required":["name","count"],"additionalProperties":false}}},
            "required":["customer","date","items","total"],"additionalProperties":false}""";

    private final Console console;

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "a schema; may be repeated (default: an invoice of eight members)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Path> schemas = List.of();

    @Option(
            names = "--runs",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "10",
            description = "starts of each way and schema (default: ${DEFAULT-VALUE})")
    private int runs;

    @Option(
            names = "--masks",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "100",
            description = "masks of the text after the first mask (default: ${DEFAULT-VALUE})")
    private int masks;

    @Mixin
    private final OutputOption output = new OutputOption();

    ColdCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings =
                Settings.none().withFile("--tokenizer", tokenizer.file()).with("--masks", masks);
        for (Path schema : schemas) {
            settings = settings.withFile("--schema " + schema.getFileName(), schema);
        }
        ColdRun run = new ColdRun(tokenizer.file(), texts(), runs, masks, settings);
        try (Progress progress = Progress.start(console, "cold", run.size())) {
            ColdSummary summary = run.run(output.folder(), progress::step);
            progress.close();
            output.show(summary.page(RunSetting.of("bench cold with " + tokenizer.name())), summary, console);
        }
        return ExitCode.DONE;
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
