// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.WorkerJvm;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts of Java machines one after the other, the ways to start in turn, so that what else the machine does falls on all alike.
 *
 * @param tokenizer the file that is read where no vocabulary is prepared
 * @param schemas texts by name
 * @param runs starts of each way and schema
 * @param masks masks of each start after the first
 * @param settings the same
 * @param prepared where files are written for the machines: in the folder of the results
 * @param setting in words
 */
public record ColdBench(
        Path tokenizer,
        Map<String, String> schemas,
        int runs,
        int masks,
        Settings settings,
        Path prepared,
        String setting)
        implements Bench<ColdResult> {

    /** What may be started at most for one line, in seconds. */
    private static final int PATIENCE = 300;

    @Override
    public Class<ColdResult> type() {
        return ColdResult.class;
    }

    @Override
    public List<Case<ColdResult>> cases() {
        List<Case<ColdResult>> cases = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            for (String schema : schemas.keySet()) {
                for (ColdVariant variant : ColdVariant.all()) {
                    int number = round;
                    String id = ColdResult.id(schema, variant.toString(), round);
                    cases.add(Case.of(
                            id, turn -> ColdResult.of(schema, variant, number, start(command(schema, variant), turn))));
                }
            }
        }
        return cases;
    }

    private Path vocabulary() {
        return prepared.resolve("vocabulary");
    }

    private Path file(String schema) {
        return prepared.resolve("schema" + List.copyOf(schemas.keySet()).indexOf(schema) + ".json");
    }

    private void prepare() throws IOException {
        Files.createDirectories(prepared);
        Vocabulary.read(tokenizer).save(vocabulary());
    }

    @Override
    public void begin(Turn turn) {
        try {
            prepare();
            for (Map.Entry<String, String> schema : schemas.entrySet()) {
                Files.writeString(file(schema.getKey()), schema.getValue());
            }
        } catch (IOException e) {
            throw cannotUse(e);
        }
    }

    private InvalidInputException cannotUse(IOException e) {
        return new InvalidInputException("cannot use " + prepared.getParent() + ": " + e.getMessage(), e);
    }

    private List<String> command(String schema, ColdVariant variant) {
        return WorkerJvm.command(
                variant.options(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                ColdStart.class,
                String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())),
                (variant.vocabulary() ? vocabulary() : tokenizer).toString(),
                file(schema).toString(),
                String.valueOf(masks),
                String.valueOf(variant.warm()));
    }

    private String start(List<String> command, Turn turn) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                if (turn.stop().isRequested()) { // what stops this machine stops that one, too
                    throw new CancelledException("stopped");
                }
                throw new InvalidInputException("a Java machine failed: " + String.join(" ", command));
            }
            return line;
        } catch (IOException e) {
            throw cannotUse(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException("interrupted");
        }
    }

    @Override
    public View view(List<ColdResult> results) {
        try {
            if (!Files.exists(vocabulary())) {
                prepare();
            }
            return new ColdView(results).view(setting, "prepared vocabulary " + Files.size(vocabulary()) + " bytes");
        } catch (IOException e) {
            throw cannotUse(e);
        }
    }
}
