// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.JsonLines;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.protocol.Protocol;
import dev.espalier.protocol.ServedModel;
import dev.espalier.protocol.ServedModels;
import dev.espalier.server.EspalierServer;
import dev.espalier.server.ServerOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Clients that ask a server on this machine's loopback all kinds of requests at once. The answer to each must be that which it has alone: the model computes each text on its own. First they ask
 * the same model without HTTP.
 */
public final class LoadRun implements Measurement {

    /** How long a server may take to notice that clients have gone, in tenths of a second. */
    private static final int PATIENCE = 100;

    private static final int DIRECT_SHARE = 10;
    private static final int ROUNDS_OF_WARM_UP = 3;
    private static final String ACTIVE = "espalier_requests_active 0";

    private final LoadSettings settings;
    private final ServedModel model;
    private final String setting;
    private final List<LoadRequest> requests;
    private final Map<LoadRequest, String> expected = new LinkedHashMap<>();

    /**
     * A run.
     *
     * @param model what is served; stays the caller's
     * @param setting the same in words
     */
    public LoadRun(LoadSettings settings, ServedModel model, String setting) {
        this.settings = settings;
        this.model = model;
        this.setting = setting;
        this.requests = LoadRequest.all(model.id());
    }

    @Override
    public int steps() {
        return 1 + settings.windows();
    }

    @Override
    public View run(Path folder, Cancellation stop, Runnable step) throws InterruptedException {
        Settings.refuseUnfinished(folder);
        List<LoadWindow> windows = new ArrayList<>();
        ServedModels models = ServedModels.of(model);
        DirectCaller direct = new DirectCaller(new Protocol(models));
        answerAlone(direct);
        windows.add(window(
                0,
                List.of(direct),
                stop,
                settings.seconds() * 1000L / DIRECT_SHARE,
                settings.requests() / DIRECT_SHARE));
        step.run();
        View view = written(windows, folder);
        ServerOptions options = ServerOptions.DEFAULT.withAddress("127.0.0.1", 0);
        try (EspalierServer server = EspalierServer.start(models, options)) {
            List<Caller> callers = List.of(
                    new HttpCaller(server.uri(), HttpClient.Version.HTTP_1_1),
                    new HttpCaller(server.uri(), HttpClient.Version.HTTP_2));
            for (int i = 0; i < settings.windows() && !stop.isRequested(); i++) {
                long millis = settings.seconds() * 1000L / settings.windows();
                windows.add(window(i + 1, callers, stop, millis, settings.requests() / settings.windows()));
                view = written(windows, folder);
                step.run();
            }
        }
        return view;
    }

    /** Asks each request alone, some times: what it is answered then is what it must be answered in any company. */
    private void answerAlone(DirectCaller direct) {
        for (int round = 0; round < ROUNDS_OF_WARM_UP; round++) {
            for (LoadRequest request : requests) {
                String answer = direct.ask(request, OptionalInt.empty(), new FrameTimes());
                String before = expected.put(request, answer);
                String status = LoadAnswer.refused(request.status(), request.param());
                boolean isRefused = answer.matches("[0-9]{3} \\S*");
                if ((before != null && !before.equals(answer))
                        || isRefused == (request.status() == 200)
                        || (isRefused && !answer.equals(status))) {
                    throw new IllegalStateException(request.name() + " is answered with " + answer
                            + (before == null ? "" : " behind " + before) + "; expected is status " + status);
                }
            }
        }
    }

    private LoadWindow window(int number, List<? extends Caller> callers, Cancellation stop, long millis, int most)
            throws InterruptedException {
        LoadTally tally = new LoadTally();
        long processor = JavaMachine.allProcessorsNanos();
        long began = System.nanoTime();
        AtomicInteger left = new AtomicInteger(most);
        BooleanSupplier may = () ->
                !stop.isRequested() && System.nanoTime() - began < millis * 1_000_000 && left.getAndDecrement() > 0;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < settings.clients(); i++) {
            SplittableRandom random = new SplittableRandom(settings.seed() + (long) number * settings.clients() + i);
            LoadClient client =
                    new LoadClient(callers.get(i % callers.size()), requests, expected, settings.leaving(), random);
            threads.add(new Thread(() -> client.run(may, tally), "client-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        long time = System.nanoTime() - began;
        long worked = JavaMachine.allProcessorsNanos() - processor;
        if (callers.get(0) instanceof HttpCaller http) {
            awaitRest(http, tally);
        }
        return new LoadWindow(
                number > 0,
                tally.answered(),
                tally.left(),
                tally.asked(),
                tally.faults(),
                tally.first(),
                tally.between(),
                worked,
                time,
                JavaMachine.liveHeap(),
                JavaMachine.residentBytes());
    }

    /** Waits until the server works on nothing: it has noticed then that clients went away. */
    private static void awaitRest(HttpCaller caller, LoadTally tally) throws InterruptedException {
        String page = "";
        try {
            for (int i = 0; i < PATIENCE; i++) {
                page = caller.page("/metrics");
                if (page.contains(ACTIVE)) {
                    return;
                }
                Thread.sleep(100);
            }
            tally.fault("the server still works on requests whose clients have gone");
        } catch (IOException e) {
            tally.fault("/metrics: " + e);
        }
    }

    private View written(List<LoadWindow> windows, Path folder) {
        JsonLines file = new JsonLines(folder.resolve(ResultsFile.NAME));
        View view = new LoadView(windows, settings).view(setting);
        try {
            Files.createDirectories(folder);
            file.replace(windows.stream().map(ResultJson::write).toList(), view.toJson());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write " + file.path() + ": " + e, e);
        }
        return view;
    }
}
