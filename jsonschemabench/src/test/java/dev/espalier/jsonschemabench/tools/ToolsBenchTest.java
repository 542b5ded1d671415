// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.OutputCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.mask.encoder.TextEncoders;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Few tools, judged by counts: times depend on what else the machine does. */
@Timeout(120)
class ToolsBenchTest {

    private static final Path TOKENIZER = Path.of("../sprig/src/main/resources/dev/espalier/sprig/tokenizer.json");

    @TempDir
    private Path folder;

    private static ToolsSettings settings(String convention) {
        return new ToolsSettings(TOKENIZER, convention, 3, 2, 1, 1, Clock.WALL, 7);
    }

    private View run(AtomicInteger steps) throws InterruptedException {
        return new BenchRunner<>(new ToolsBench(settings("hermes"), ""))
                .run(folder, new Cancellation(), steps::incrementAndGet);
    }

    @Test
    void roundsAreMeasuredInBothMachinesOnce() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        JsonNode machines = run(steps).toJson().get("machines");
        assertEquals(3, steps.get());
        assertEquals(List.of("fresh", "warm"), machines.findValuesAsString("machine"));
        assertEquals(2, machines.get(1).get("rounds").asInt());
        assertEquals(3, machines.get(1).get("tools").asInt());
        List<String> lines = Files.readAllLines(folder.resolve("results.jsonl"));
        assertEquals(4, lines.size(), "three rounds and the summary");
        ToolsResult first = ResultJson.read(JsonMapper.shared().readTree(lines.get(0)), ToolsResult.class);
        assertEquals("fresh 0000", first.id());
        assertTrue(first.isFresh() && first.firstMask() >= first.compile() && first.compile() > 0, lines.get(0));
        assertTrue(first.text().count() > 3 && first.call().count() > 3, lines.get(0));
        run(steps);
        assertEquals(
                lines.subList(0, 3),
                Files.readAllLines(folder.resolve("results.jsonl")).subList(0, 3));
    }

    @Test
    void everyRoundHasToolsOfItsOwnAndAnswersThatAreAllowed() {
        Vocabulary vocabulary = Vocabulary.read(TOKENIZER);
        for (String convention : List.of("hermes", "kimi_k2")) {
            try (RoundWriter writer = new RoundWriter(settings(convention), vocabulary, TextEncoders.read(TOKENIZER));
                    RoundWriter again =
                            new RoundWriter(settings(convention), vocabulary, TextEncoders.read(TOKENIZER));
                    OutputCompiler compiler = new OutputCompiler(vocabulary)) {
                ToolsRound first = writer.next("a");
                assertEquals(first.schemas(), again.next("a").schemas());
                ToolsRound second = writer.next("b");
                assertNotEquals(first.schemas(), second.schemas());
                assertEquals(3, second.run(compiler, false, Clock.CPU).tools());
                ToolsRound wrong = new ToolsRound(
                        "c",
                        convention,
                        second.schemas(),
                        List.of(
                                new ToolsRound.Answer(
                                        new int[0], second.answers().get(0).call()),
                                new ToolsRound.Answer(
                                        second.answers().get(0).call(),
                                        second.answers().get(0).call())));
                assertThrows(
                        IllegalStateException.class,
                        () -> wrong.run(compiler, false, Clock.CPU),
                        "nothing follows a call");
            }
        }
    }
}
