// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.Generator;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.confidence.ConfidenceOptions;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.WholeFile;
import dev.espalier.jsonschemabench.confidence.Calibration;
import dev.espalier.jsonschemabench.confidence.ConfidenceTrial;
import dev.espalier.jsonschemabench.confidence.JudgedField;
import dev.espalier.jsonschemabench.confidence.ReliabilityDiagram;
import dev.espalier.jsonschemabench.fields.FieldCase;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.Progress;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench confidence}. */
@Command(
        name = "confidence",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.ConfidenceCommand")
public final class ConfidenceCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--data", required = true, paramLabel = "FILE")
    private Path data;

    @Option(names = "--temperature", paramLabel = "T", defaultValue = "0")
    private double temperature;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(names = "--max-prefixes", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "256")
    private int maxPrefixes;

    @Option(names = "--limit", converter = AtLeastOne.class, paramLabel = "N")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--svg", paramLabel = "FILE")
    private Optional<Path> svg;

    @Option(names = "--json")
    private boolean json;

    public ConfidenceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<FieldCase> cases = FieldCase.read(data);
        List<JudgedField> judged = judged(cases.subList(0, Math.min(limit, cases.size())));
        Calibration all = Calibration.of(judged);
        if (json) {
            judged.forEach(field -> console.out().println(ResultJson.tree(field.members())));
            console.out().println(ResultJson.tree(Map.of("summary", summary(judged))));
        } else {
            console.out().print(kinds(judged));
            console.out().println();
            console.out().print(bins(all));
        }
        console.out().flush();
        svg.ifPresent(file -> write(file, ReliabilityDiagram.svg(title(), all)));
        return ExitCode.DONE;
    }

    private List<JudgedField> judged(List<FieldCase> cases) {
        List<JudgedField> judged = new ArrayList<>();
        try (Generator generator = Sprig.generator();
                Progress progress = Progress.start(console, "confidence", cases.size())) {
            ConfidenceTrial trial =
                    new ConfidenceTrial(generator, ConfidenceOptions.DEFAULT.withMaxPrefixes(maxPrefixes));
            for (int i = 0; i < cases.size(); i++) {
                SamplingParameters sampling =
                        SamplingParameters.DEFAULT.withTemperature(temperature).withSeed(seed.value() + i);
                judged.addAll(trial.judge(cases.get(i), sampling));
                progress.step();
            }
        }
        return judged;
    }

    private String title() {
        return temperature == 0
                ? "The embedded model, greedy"
                : String.format(Locale.ROOT, "The embedded model, temperature %s", temperature);
    }

    /** Calibrations of all fields, and of those of each kind. */
    private static Map<String, Calibration> summary(List<JudgedField> judged) {
        Map<String, Calibration> summary = new LinkedHashMap<>();
        summary.put("all", Calibration.of(judged));
        for (String kind :
                judged.stream().map(JudgedField::kind).sorted().distinct().toList()) {
            summary.put(
                    kind,
                    Calibration.of(judged.stream()
                            .filter(field -> field.kind().equals(kind))
                            .toList()));
        }
        return summary;
    }

    private static Table kinds(List<JudgedField> judged) {
        Table table = new Table(
                "fields by kind",
                List.of(
                        "",
                        "fields",
                        "right",
                        "share right",
                        "mean probability",
                        "expected error",
                        "Brier",
                        "widest bounds"));
        summary(judged)
                .forEach((kind, one) -> table.row(
                        kind,
                        one.fields(),
                        one.right(),
                        figure((double) one.right() / Math.max(1, one.fields())),
                        figure(one.meanProbability()),
                        figure(one.expectedError()),
                        figure(one.brier()),
                        figure(one.widest())));
        return table;
    }

    private static Table bins(Calibration calibration) {
        Table table = new Table(
                "all fields by probability", List.of("from", "fields", "right", "mean probability", "share right"));
        for (Calibration.Bin bin : calibration.bins()) {
            boolean some = bin.fields() > 0;
            table.row(
                    String.format(Locale.ROOT, "%.1f", bin.from()),
                    bin.fields(),
                    bin.right(),
                    some ? figure(bin.mean()) : "",
                    some ? figure(bin.share()) : "");
        }
        return table;
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static void write(Path file, String text) {
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }
}
