package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.infill.CostBench;
import dev.espalier.jsonschemabench.infill.InfillBench;
import dev.espalier.jsonschemabench.infill.InfillCases;
import dev.espalier.jsonschemabench.infill.InfillContender;
import dev.espalier.jsonschemabench.infill.InfillModels;
import dev.espalier.jsonschemabench.infill.InfillSettings;
import dev.espalier.jsonschemabench.infill.InfillTrial;
import dev.espalier.jsonschemabench.infill.ModelChoice;
import dev.espalier.schemas.options.MemberOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench infill}. */
@Command(
        name = "infill",
        mixinStandardHelpOptions = true,
        description = {
            "Fills canvases under schemas and grammars, as diffusion language models write: the exact strategy beside"
                    + " look-ahead-then-verify, the any-length test and no constraint, with the embedded model, with simulated"
                    + " logits, and with uniform ones. What comes out is judged by networknt's validator.",
            "Writes results.jsonl and report.html; a run that was stopped, also by Ctrl-C, goes on where it was. A complete"
                    + " text that is not valid ends the command with 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench infill --data $ESPALIER_DATA/jsonschemabench --limit 100 --out infill-out",
            "  espalier bench infill --data jsonschemabench --limit 200 --models uniform --strategies exact --slots 128"
                    + " --steps 128 --out adversarial-out",
            "  espalier bench infill --cost --tokenizer tokenizer.json.gz --out cost-out"
        })
final class InfillBenchCommand extends FolderCommand {

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "DIR_OR_FILE",
            description = "schemas with instances, as for the other benchmarks (default: grammars alone)")
    private List<Path> data = List.of();

    @Option(names = "--without-grammars", description = "leave out the grammars that come with the harness")
    private boolean withoutGrammars;

    @Option(
            names = "--models",
            split = ",",
            paramLabel = "MODEL",
            defaultValue = "sprig-diffusion,simulated:0,simulated:20,simulated:40,uniform",
            description = "sprig-diffusion, simulated:<percent of corruption>, uniform (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> models;

    @Option(
            names = "--strategies",
            split = ",",
            paramLabel = "STRATEGY",
            defaultValue = "exact,look-ahead,any-length,free",
            description = "which to compare (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> strategies;

    @Option(
            names = "--slots",
            split = ",",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description = "sizes of canvases (default: 64; with --cost 64,256,512,1024)")
    private List<Integer> slots = List.of();

    @Option(
            names = "--cost",
            description =
                    "fill nothing, but take the time of all masks after each of many random commits; with --tokenizer,"
                            + " --order, --seed and --timeout, which then is for one canvas")
    private boolean cost;

    @Option(
            names = "--steps",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "passes of the model, where no policy is named; uniform logits commit slots at random, others the"
                            + " surest first (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "which slots to commit, such as threshold:0.9 or fixed:1,random, for all models")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<String> policy;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = TokenizerOption.FILE + ", of simulated and uniform logits (default: the embedded model's)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> tokenizer;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "declared",
            description = "declared or any: order of members (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private MemberOrder order;

    @Option(
            names = "--repeated-keys",
            description =
                    "let keys repeat that a schema does not name: their set is no part of a state then, and objects that are"
                            + " open to any key can be read; a text that repeats one is not valid. Keywords that only a finished text"
                            + " decides are let pass too, and the judge looks at them")
    private boolean repeatedKeys;

    @Mixin
    private final SampleOption sample = new SampleOption();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "0 takes the likeliest allowed token; from uniform logits one is drawn at any temperature (default:"
                            + " ${DEFAULT-VALUE})")
    private double temperature;

    @Mixin
    private final LoneThreadsOption threads = new LoneThreadsOption();

    @Option(
            names = "--timeout",
            converter = AtLeastOne.class,
            paramLabel = "S",
            defaultValue = "60",
            description = "time for one trial in seconds (default: ${DEFAULT-VALUE})")
    private int seconds;

    InfillBenchCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        List<ModelChoice> choices = models.stream().map(ModelChoice::parse).toList();
        List<InfillContender> contenders =
                strategies.stream().map(InfillContender::parse).toList();
        InfillSettings settings =
                new InfillSettings(tokenizer, policy, steps, temperature, sample.seed(), order, repeatedKeys, seconds);
        InfillCases cases = cases();
        return cost
                ? new BenchRunner<>(new CostBench(
                        cases,
                        sizes(List.of(64, 256, 512, 1024)),
                        settings,
                        new InfillModels(settings),
                        setting(cases, "")))
                : new BenchRunner<>(new InfillBench(
                        cases,
                        choices,
                        sizes(List.of(64)),
                        contenders,
                        new InfillTrial(settings),
                        threads.count(),
                        setting(cases, filling())));
    }

    private List<Integer> sizes(List<Integer> otherwise) {
        return slots.isEmpty() ? otherwise : slots;
    }

    private InfillCases cases() {
        Optional<SchemaCorpus> corpus =
                data.isEmpty() ? Optional.empty() : Optional.of(sample.of(SchemaCorpus.read(data)));
        return InfillCases.of(corpus, !withoutGrammars);
    }

    private String filling() {
        return String.format(
                Locale.ROOT,
                " models %s; policy %s; temperature %s; %d at a time;",
                String.join(", ", models),
                policy.orElse("even:" + steps),
                temperature,
                threads.count());
    }

    private String setting(InfillCases cases, String more) {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d cases;%s seed %d; tokenizer %s; member order %s%s; %d s for one canvas",
                cases.size(),
                more,
                sample.seed(),
                tokenizer.map(file -> String.valueOf(file.getFileName())).orElse("of the embedded model"),
                order.name().toLowerCase(Locale.ROOT),
                repeatedKeys ? ", keys without a name may repeat" : "",
                seconds));
    }
}
