// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.soak;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A soak: each schema is compiled, some masks are made along a random text, and everything is dropped, as in a server whose
 * every request brings a schema of its own. One compiler of schemas and one of grammars serve all. Times are the processor's,
 * so that what else the machine does matters little.
 */
public final class SoakRun implements Measurement {

    private final SoakSettings settings;
    private final String setting;
    private final RandomWriter writer;
    private final SchemaCompiler schemas = new SchemaCompiler();
    private final GrammarCompiler grammars;

    /** A soak of a vocabulary; what it does also in words. */
    public SoakRun(SoakSettings settings, Vocabulary vocabulary, String setting) {
        this.settings = settings;
        this.setting = setting;
        this.writer = new RandomWriter(vocabulary);
        this.grammars = new GrammarCompiler(vocabulary, settings.limits());
    }

    /** What one thread after another adds to. */
    private static final class Tally {

        private final LatencyHistogram processor = new LatencyHistogram();
        private final LatencyHistogram compile = new LatencyHistogram();
        private final Map<String, Integer> refused = new TreeMap<>();
        private final Map<String, Integer> broken = new TreeMap<>();
        private long masks;
        private int count;

        synchronized void add(long compiled, long all, int made) {
            compile.add(compiled);
            processor.add(all);
            masks += made;
            count++;
        }

        synchronized void refuse(EspalierException why) {
            refused.merge(why.code(), 1, Integer::sum);
            count++;
        }

        synchronized void fail(Throwable why) {
            broken.merge(why.toString(), 1, Integer::sum);
            count++;
        }
    }

    @Override
    public int steps() {
        return settings.schemas();
    }

    /** Runs, and writes {@code results.jsonl}: a line after each window, so that a run that is ended early leaves what it had. */
    @Override
    public View run(Path folder, Cancellation stop, Runnable step) throws InterruptedException {
        Settings.refuseUnfinished(folder);
        grammars.stats(); // lays the vocabulary out, which is no schema's time or memory
        List<SoakWindow> windows = new ArrayList<>();
        View view = written(windows, folder);
        for (int window = 0; window < settings.windows() && !stop.isRequested(); window++) {
            SoakWindow measured = window(window, stop, step);
            if (!stop.isRequested()) {
                windows.add(measured);
                view = written(windows, folder);
            }
        }
        return view;
    }

    private View written(List<SoakWindow> windows, Path folder) {
        JsonLines file = new JsonLines(folder.resolve(ResultsFile.NAME));
        View view = new SoakView(windows, settings, Runtime.getRuntime().maxMemory()).view(setting);
        try {
            Files.createDirectories(folder);
            file.replace(windows.stream().map(SoakWindow::toJson).toList(), view.toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file.path() + ": " + e, e);
        }
        return view;
    }

    private SoakWindow window(int window, Cancellation stop, Runnable step) throws InterruptedException {
        int start = settings.start(window);
        Tally tally = new Tally();
        long began = System.nanoTime();
        new Workers(settings.threads(), stop).run(settings.start(window + 1) - start, i -> {
            one(start + i, tally, stop);
            step.run();
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        return new SoakWindow(
                settings.start(window + 1),
                tally.count,
                tally.refused,
                tally.broken,
                tally.masks,
                tally.processor,
                tally.compile,
                JavaMachine.liveHeap(),
                grammars.cacheBytes(),
                schemas.cacheBytes(),
                grammars.stats(),
                seconds);
    }

    private void one(int number, Tally tally, Cancellation stop) {
        try {
            String text = settings.schema(number);
            long start = JavaMachine.processorNanos();
            Matcher matcher = grammars.compile(
                            schemas.compile(text, settings.options(), new WorkBudget(settings.limits(), stop))
                                    .automaton())
                    .matcher();
            long compiled = JavaMachine.processorNanos();
            int masks = write(matcher, new SplittableRandom(settings.seed() + number));
            tally.add(compiled - start, JavaMachine.processorNanos() - start, masks);
        } catch (CancelledException e) {
            return;
        } catch (EspalierException e) {
            tally.refuse(e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            tally.fail(e);
        }
    }

    private int write(Matcher matcher, SplittableRandom random) {
        int made = 0;
        while (made < settings.masks() && !matcher.isTerminated()) {
            TokenMask mask = matcher.mask();
            made++;
            if (mask.isEmpty()) {
                break;
            }
            matcher.accept(writer.next(mask, random));
        }
        return made;
    }
}
