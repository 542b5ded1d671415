// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import dev.espalier.OutputCompiler;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.WorkerJvm;
import dev.espalier.mask.encoder.TextEncoders;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rounds of new tools, as requests to a server: some in Java machines of their own, then some in this one, which one compiler serves. All rounds are made whenever one of them is to be measured,
 * and those that are not counted come first, so that a run that goes on measures what it would have measured.
 */
public final class ToolsBench implements Bench<ToolsResult> {

    private final ToolsSettings settings;
    private final Vocabulary vocabulary;
    private final OutputCompiler compiler;
    private final String setting;
    private final List<ToolsRound> fresh = new ArrayList<>();
    private final List<ToolsRound> warm = new ArrayList<>();

    /**
     * A bench.
     *
     * @param setting the same in words
     */
    public ToolsBench(ToolsSettings settings, String setting) {
        this.settings = settings;
        this.vocabulary = Vocabulary.read(settings.tokenizer());
        this.compiler = new OutputCompiler(vocabulary);
        this.setting = setting;
    }

    @Override
    public Settings settings() {
        return settings.settings();
    }

    @Override
    public Class<ToolsResult> type() {
        return ToolsResult.class;
    }

    private static String id(String kind, int round) {
        return String.format(Locale.ROOT, "%s %04d", kind, round);
    }

    @Override
    public List<Case<ToolsResult>> cases() {
        List<Case<ToolsResult>> cases = new ArrayList<>();
        for (int i = 0; i < settings.fresh(); i++) {
            int round = i;
            cases.add(Case.of(id("fresh", i), turn -> inFreshMachine(fresh.get(round), turn)));
        }
        for (int i = 0; i < settings.rounds(); i++) {
            int round = i;
            cases.add(Case.of(id("warm", i), turn -> warm.get(round).run(compiler, false, settings.clock())));
        }
        return cases;
    }

    @Override
    public void begin(Turn turn) {
        try (RoundWriter writer = new RoundWriter(settings, vocabulary, TextEncoders.read(settings.tokenizer()))) {
            for (int i = 0; i < settings.fresh(); i++) {
                fresh.add(next(writer, id("fresh", i), turn));
            }
            for (int i = 0; i < settings.warmUp(); i++) {
                next(writer, id("warm-up", i), turn).run(compiler, false, settings.clock());
            }
            for (int i = 0; i < settings.rounds(); i++) {
                warm.add(next(writer, id("warm", i), turn));
            }
        }
    }

    private static ToolsRound next(RoundWriter writer, String id, Turn turn) {
        if (turn.stop().isRequested()) {
            throw new CancelledException("stopped");
        }
        return writer.next(id);
    }

    private ToolsResult inFreshMachine(ToolsRound round, Turn turn) {
        try {
            Path file = Files.createTempFile("espalier-tools", ".json");
            try {
                Files.writeString(file, ResultJson.write(round));
                return line(file, turn);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new InvalidInputException("a Java machine cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("interrupted");
        }
    }

    private ToolsResult line(Path round, Turn turn) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(WorkerJvm.command(
                        List.of(),
                        FreshStart.class,
                        settings.tokenizer().toString(),
                        round.toString(),
                        settings.clock().name()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            if (turn.stop().isRequested()) { // what stops this machine stops that one, too
                throw new CancelledException("stopped");
            }
            throw new InvalidInputException("a Java machine failed with status " + process.exitValue());
        }
        return ResultJson.read(JsonMapper.shared().readTree(line), ToolsResult.class);
    }

    @Override
    public View view(List<ToolsResult> results) {
        return new ToolsView(results).view(setting);
    }

    @Override
    public void close() {
        compiler.close();
    }
}
