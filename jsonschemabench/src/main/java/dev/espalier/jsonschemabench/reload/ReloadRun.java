// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.reload;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Prompting;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Loads a model again and again, breaks generations off in the middle, closes it, and measures what is left in memory. */
public final class ReloadRun implements Measurement {

    /** No token of letters is longer. */
    private static final int MOST_LETTERS = 32;

    private static final String PROMPT = "Tell the story of the river.";

    private final ReloadSettings settings;
    private final Supplier<LanguageModel> model;
    private final String setting;
    /** A text that cannot be whole before it is broken off. */
    private final Output<String> output;

    /**
     * A run.
     *
     * @param model loads the model anew at each call
     * @param setting what is loaded, in words
     */
    public ReloadRun(ReloadSettings settings, Supplier<LanguageModel> model, String setting) {
        this.settings = settings;
        this.model = model;
        this.setting = setting;
        this.output = Output.regex("[a-z]{" + settings.tokens() * MOST_LETTERS + ",}");
    }

    @Override
    public int steps() {
        return settings.loads();
    }

    /** Runs, and writes {@code results.jsonl} after each window, so that a run that is ended early leaves what it had. */
    @Override
    public View run(Path folder, Cancellation stop, Runnable step) {
        Settings.refuseUnfinished(folder);
        List<ReloadWindow> windows = new ArrayList<>();
        View view = written(windows, folder);
        int cancelled = 0;
        for (int window = 0; window < settings.windows() && !stop.isRequested(); window++) {
            ReloadWindow measured = window(window, cancelled, stop, step);
            cancelled = measured.cancelled();
            if (!stop.isRequested()) {
                windows.add(measured);
                view = written(windows, folder);
            }
        }
        return view;
    }

    private View written(List<ReloadWindow> windows, Path folder) {
        JsonLines file = new JsonLines(folder.resolve(ResultsFile.NAME));
        View view = new ReloadView(windows, settings).view(setting);
        try {
            Files.createDirectories(folder);
            file.replace(windows.stream().map(ReloadWindow::toJson).toList(), view.toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file.path() + ": " + e, e);
        }
        return view;
    }

    private ReloadWindow window(int window, int before, Cancellation stop, Runnable step) {
        Map<String, Integer> broken = new TreeMap<>();
        int cancelled = before;
        long began = System.nanoTime();
        for (int load = settings.start(window); load < settings.start(window + 1) && !stop.isRequested(); load++) {
            cancelled += one(load, broken);
            step.run();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long heap = JavaMachine.liveHeap();
        return new ReloadWindow(
                settings.start(window + 1), cancelled, broken, heap, JavaMachine.residentBytes(), seconds);
    }

    /** Loads once; how many generations were broken off as they should. */
    private int one(int load, Map<String, Integer> broken) {
        SplittableRandom random = new SplittableRandom(settings.seed() + load);
        int cancelled = 0;
        try (LanguageModel loaded = model.get();
                Generator generator = Generator.of(loaded, Prompting.raw(loaded), Limits.DEFAULT)) {
            for (int i = 0; i < settings.cancellations(); i++) {
                String end = brokenOff(generator, 1 + random.nextInt(settings.tokens()));
                if (end.isEmpty()) {
                    cancelled++;
                } else {
                    broken.merge(end, 1, Integer::sum);
                }
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            broken.merge(e.toString(), 1, Integer::sum);
        }
        return cancelled;
    }

    /** Breaks a generation off after so many tokens: nothing if it ended so, else how it ended. */
    private String brokenOff(Generator generator, int tokens) {
        Cancellation cancellation = new Cancellation();
        Request<String> request = Request.of(PROMPT, output)
                .with(SamplingParameters.DEFAULT.withMaxTokens(settings.tokens() * MOST_LETTERS))
                .with(cancellation)
                .with(new DecodeListener() {
                    private int seen;

                    @Override
                    public void onToken(int token, boolean forced) {
                        if (++seen == tokens) {
                            cancellation.cancel();
                        }
                    }
                });
        Outcome outcome = generator.generate(request).outcome();
        return outcome instanceof Outcome.Cancelled ? "" : "a generation that ended as " + outcome;
    }
}
