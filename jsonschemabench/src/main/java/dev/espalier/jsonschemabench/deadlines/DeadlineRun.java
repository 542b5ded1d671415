// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.deadlines;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.antlr.AntlrReader;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.lark.LarkReader;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.report.Table;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares what deadlines count with processor time: each {@link Part} is compiled until it is done, or ended by a limit.
 *
 * @param deadline of each compilation
 * @param setting what is run in words
 */
public record DeadlineRun(Duration deadline, String setting) implements Measurement {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Override
    public int steps() {
        return Part.values().length;
    }

    @Override
    public View run(Path folder, Cancellation stop, Runnable step) {
        Settings.refuseUnfinished(folder);
        List<PartResult> results = new ArrayList<>();
        for (Part part : Part.values()) {
            if (!stop.isRequested()) {
                results.add(measured(part, stop));
                step.run();
            }
        }
        return written(results, folder);
    }

    private View written(List<PartResult> results, Path folder) {
        View view = new View("Deadlines and processor time", setting)
                .table(Table.of("Parts of compilations.", PartResult.COLUMNS, results))
                .member("parts", results.size());
        JsonLines file = new JsonLines(folder.resolve(ResultsFile.NAME));
        try {
            Files.createDirectories(folder);
            file.replace(results.stream().map(PartResult::toJson).toList(), view.toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file.path() + ": " + e, e);
        }
        return view;
    }

    private PartResult measured(Part part, Cancellation stop) {
        Limits limits = Limits.DEFAULT.withCompileDeadline(deadline);
        WorkBudget budget = new WorkBudget(limits, stop);
        String input = part.input();
        long start = THREADS.getCurrentThreadCpuTime();
        String ended = "compiled";
        try {
            compile(part, input, budget);
        } catch (EspalierException e) {
            ended = e.code();
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        return new PartResult(part.toString(), ended, budget.meter().spent(), nanos / 1e3);
    }

    private static void compile(Part part, String input, WorkBudget budget) {
        Object unused = switch (part.notation()) {
            case GBNF -> AutomatonCompiler.compile(new GbnfReader().read(input, budget), Map.of(), budget);
            case ANTLR -> AutomatonCompiler.compile(new AntlrReader().read(input, budget), Map.of(), budget);
            case LARK -> AutomatonCompiler.compile(new LarkReader().read(input, budget), Map.of(), budget);
            case REGEX ->
                AutomatonCompiler.compile(
                        Grammar.of(new RegexReader().read(input, RegexReader.Mode.FULL, budget)), Map.of(), budget);
            case SCHEMA ->
                new SchemaCompiler().compile(input, SchemaOptions.DEFAULT.withLimits(budget.limits()), budget);
        };
    }
}
