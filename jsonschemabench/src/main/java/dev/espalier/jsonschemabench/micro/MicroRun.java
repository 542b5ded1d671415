// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.report.View;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the small benchmarks by JMH, one at a time.
 *
 * @param tokenizer the tokenizer's file
 * @param chosen benchmarks whose names, such as {@code cold.string}, have a part that this matches
 * @param profilers JMH's profilers, by name
 * @param settings how long
 * @param setting what is run in words
 */
public record MicroRun(Path tokenizer, Pattern chosen, List<String> profilers, MicroSettings settings, String setting)
        implements Measurement {

    private static final List<String> BENCHMARKS =
            List.of("remembered", "warm", "cold", "accept", "rollback", "fork", "compile", "firstMask");

    /** One benchmark for one class of states. */
    record Pair(String benchmark, StateClass stateClass) {

        String name() {
            return benchmark + "." + stateClass.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    public MicroRun {
        profilers = List.copyOf(profilers);
    }

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String benchmark : BENCHMARKS) {
            for (StateClass stateClass : StateClass.values()) {
                Pair pair = new Pair(benchmark, stateClass);
                if (chosen.matcher(pair.name()).find()) {
                    pairs.add(pair);
                }
            }
        }
        if (pairs.isEmpty()) {
            throw new InvalidInputException("no benchmark matches " + chosen + "; names are such as cold.string");
        }
        return pairs;
    }

    /**
     * How many benchmarks are chosen.
     *
     * @throws InvalidInputException if there is none
     */
    @Override
    public int steps() {
        return pairs().size();
    }

    @Override
    public View run(Path folder, Cancellation stop, Runnable step) {
        return measure(folder, stop, step).view(setting);
    }

    @Override
    public String file() {
        return "results.json";
    }

    /**
     * Runs them and writes {@code results.json} as JMH does it, {@code table.md} and JMH's own words, {@code jmh.log}.
     *
     * @throws InvalidInputException if a file cannot be written, or JMH refuses a profiler
     */
    MicroTable measure(Path folder, Cancellation stop, Runnable step) {
        List<RunResult> results = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            Path log = folder.resolve("jmh.log");
            Files.deleteIfExists(log);
            for (Pair pair : pairs()) {
                if (stop.isRequested()) {
                    break;
                }
                Path own = folder.resolve("jmh.log.new");
                results.addAll(new Runner(options(pair, own).build()).run());
                Files.writeString(log, Files.readString(own), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Files.delete(own);
                step.run();
            }
            try (PrintStream out =
                    new PrintStream(Files.newOutputStream(folder.resolve(file())), false, StandardCharsets.UTF_8)) {
                ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
            }
            MicroTable table = MicroTable.of(results);
            Files.writeString(folder.resolve("table.md"), table.table().markdown());
            return table;
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        } catch (RunnerException e) {
            throw new InvalidInputException("JMH: " + e.getMessage() + "; see jmh.log.new in " + folder, e);
        }
    }

    private ChainedOptionsBuilder options(Pair pair, Path log) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(MicroBenchmarks.class.getName() + "." + pair.benchmark) + "$")
                .param("tokenizer", tokenizer.toString())
                .param("stateClass", pair.stateClass.name())
                .forks(settings.forks())
                .warmupIterations(settings.warmups())
                .warmupTime(TimeValue.milliseconds(settings.millis()))
                .measurementIterations(settings.iterations())
                .measurementTime(TimeValue.milliseconds(settings.millis()))
                .shouldFailOnError(true)
                .output(log.toString());
        profilers.forEach(options::addProfiler);
        return options;
    }
}
