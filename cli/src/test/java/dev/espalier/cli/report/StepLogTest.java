// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.TokenProgress;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.testing.ToyModel;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What the command line keeps and shows of generations that take texts back. */
class StepLogTest {

    private static final Output<String> TWICE = Output.jsonSchema(
            "{\"type\":\"string\",\"allOf\":[{\"pattern\":\"^[ab]c*[ab]$\"},{\"pattern\":\"^(.)c*\\\\1$\"}]}",
            SchemaOptions.DEFAULT.allow(Enforcement.CHECKED_AT_END));

    /** Counts what came since the last text was taken back. */
    private static final class Counter implements DecodeListener {

        private int tokens;
        private final List<Outcome> taken = new ArrayList<>();

        @Override
        public void onToken(int token, boolean forced) {
            tokens++;
        }

        @Override
        public void onRestart(Outcome cause) {
            taken.add(cause);
            tokens = 0;
        }
    }

    @Test
    void stepsOfTextsThatWereTakenBackAreKeptUnderTheirAttempt() {
        int restarts = 0;
        try (ToyModel model = new ToyModel();
                Generator generator = Generator.of(model)) {
            for (int seed = 0; seed < 20; seed++) {
                int before = model.passes();
                Counter counter = new Counter();
                StepLog steps = new StepLog();
                Generation<String> generation = generator.generate(Request.of("p", TWICE)
                        .with(SamplingParameters.DEFAULT
                                .withTemperature(4)
                                .withSeed(seed)
                                .withForcedText(ForcedText.DRAWN))
                        .with(steps.listener(0, counter)));
                assertTrue(generation.outcome().isComplete());
                assertEquals(generation.transcript().tokens().size(), counter.tokens);
                assertEquals(counter.taken.size(), steps.takenBack());
                assertEquals(model.passes() - before - counter.taken.size(), steps.forwardPasses());
                List<Integer> attempts = steps.trace().stream()
                        .map((ObjectNode line) -> line.get("attempt").asInt())
                        .toList();
                assertEquals(
                        IntStream.rangeClosed(1, counter.taken.size() + 1)
                                .boxed()
                                .toList(),
                        attempts.stream().distinct().toList());
                restarts += counter.taken.size();
            }
        }
        assertTrue(restarts > 0, "no text was taken back");
    }

    @Test
    void theProgressDisplayBeginsAgain() throws InterruptedException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(shown, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), err, err, true);
        Counter counter = new Counter();
        try (TokenProgress progress = TokenProgress.of(console, 50)) {
            for (int i = 0; i < 7; i++) {
                progress.onToken(i, false);
            }
            await("7/50", shown);
            Outcome cause;
            try (Generator generator = Generator.of(new ToyModel())) {
                cause = generator
                        .generate(Request.of("p", Output.choice("a")).with(counter))
                        .outcome();
            }
            progress.onRestart(cause);
            shown.reset();
            await("0/50", shown);
        }
    }

    private static void await(String text, ByteArrayOutputStream shown) throws InterruptedException {
        for (int i = 0; i < 200 && !shown.toString(StandardCharsets.UTF_8).contains(text); i++) {
            Thread.sleep(50);
        }
        assertTrue(
                shown.toString(StandardCharsets.UTF_8).contains(text),
                () -> text + " was never shown: " + shown.toString(StandardCharsets.UTF_8));
    }
}
