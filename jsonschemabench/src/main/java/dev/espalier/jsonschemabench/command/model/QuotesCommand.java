// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.Generator;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.jsonschemabench.fields.FieldCase;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.Progress;
import dev.espalier.jsonschemabench.quotes.QuoteTrial;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.sprig.Sprig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench quotes}. */
@Command(
        name = "quotes",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.QuotesCommand")
public final class QuotesCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--data", required = true, paramLabel = "FILE")
    private Path data;

    @Option(names = "--limit", converter = AtLeastOne.class, paramLabel = "N")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--json")
    private boolean json;

    public QuotesCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<FieldCase> cases = FieldCase.read(data);
        List<QuoteTrial.Quoted> quoted = new ArrayList<>();
        int texts = Math.min(limit, cases.size());
        try (Generator generator = Sprig.generator();
                Progress progress = Progress.start(console, "quotes", texts)) {
            QuoteTrial trial = new QuoteTrial(generator);
            for (FieldCase one : cases.subList(0, texts)) {
                quoted.addAll(trial.quote(one));
                progress.step();
            }
        }
        if (json) {
            quoted.forEach(one -> console.out().println(ResultJson.tree(one.members())));
        } else {
            console.out().print(table(quoted));
        }
        console.out().flush();
        return ExitCode.DONE;
    }

    private static Table table(List<QuoteTrial.Quoted> quoted) {
        List<QuoteTrial.Quoted> found =
                quoted.stream().filter(one -> one.likeliest().isPresent()).toList();
        Table table = new Table("quotes", List.of("", "quotes", "share"));
        row(table, "greedy is right", quoted, one -> one.expected().equals(one.greedy()));
        row(table, "likeliest found", quoted, one -> one.likeliest().isPresent());
        row(
                table,
                "likeliest is right",
                quoted,
                one -> one.likeliest().filter(one.expected()::equals).isPresent());
        row(table, "they differ", found, one -> !one.likeliest().orElse("").equals(one.greedy()));
        double[] questions = found.stream()
                .mapToDouble(QuoteTrial.Quoted::questions)
                .sorted()
                .toArray();
        if (questions.length > 0) {
            table.row("median questions", Math.round(questions[questions.length / 2]), "");
            table.row("most questions", Math.round(questions[questions.length - 1]), "");
        }
        return table;
    }

    private static void row(
            Table table, String name, List<QuoteTrial.Quoted> all, Predicate<QuoteTrial.Quoted> condition) {
        long some = all.stream().filter(condition).count();
        table.row(name, some, String.format(Locale.ROOT, "%.3f", (double) some / Math.max(1, all.size())));
    }
}
