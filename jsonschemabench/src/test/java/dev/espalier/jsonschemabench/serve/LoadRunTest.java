// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.protocol.ServedModel;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import dev.espalier.tool.ToolConvention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Few requests, bounded by their number; times and memory say nothing here. */
class LoadRunTest {

    private static final LoadSettings FEW = new LoadSettings(4, 3600, 120, 10, 0.3, 1);

    @TempDir
    Path folder;

    @Test
    void eachRequestHasItsAnswerInAnyCompany() throws InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        try (LanguageModel model = Sprig.load(LoadOptions.DEFAULT.withThreads(1));
                Assistant assistant = Assistant.of(
                        model,
                        AssistantOptions.DEFAULT
                                .with(BatchOptions.DEFAULT.withInvariant(true), BatchListener.NONE)
                                .with(ToolConvention.named("hermes"))
                                .with((prompt, output, slots) -> Sprig.prompt(model, prompt, output)))) {
            View view = new LoadRun(FEW, new ServedModel("sprig", assistant, 0, 256), "a test")
                    .run(folder, new Cancellation(), steps::incrementAndGet);
            JsonNode summary = view.toJson();
            assertEquals(11, steps.get());
            assertEquals(
                    120,
                    summary.get("answered").intValue() + summary.get("left").intValue(),
                    summary.toString());
            assertTrue(summary.get("left").intValue() > 0);
            assertEquals(
                    List.of(),
                    faults(summary).stream()
                            .filter(fault -> fault.contains("times:"))
                            .toList());
        }
    }

    private static List<String> faults(JsonNode summary) {
        List<String> faults = new ArrayList<>();
        summary.get("faults").forEach(fault -> faults.add(fault.stringValue()));
        return faults;
    }

    @Test
    void anAnswerThatIsAnotherIsAFault() {
        LoadTally tally = new LoadTally();
        LoadRequest request = LoadRequest.all("m").get(0);
        AtomicInteger left = new AtomicInteger(1);
        Caller caller = (asked, leaving, times) -> "another";
        new LoadClient(caller, List.of(request), Map.of(request, "one"), 0, new java.util.SplittableRandom(1))
                .run(() -> left.getAndDecrement() > 0, tally);
        assertEquals(Map.of("text: expected one, but another", 1), tally.faults());
        assertEquals(0, tally.answered());
    }

    @Test
    void framesAddUpToTheWholeAnswer() {
        LoadAnswer answer = new LoadAnswer();
        answer.add(JsonMapper.shared()
                .readTree("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}"));
        answer.add(JsonMapper.shared()
                .readTree(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{"
                                + "\"name\":\"f\",\"arguments\":\"\"}}]}}]}"));
        answer.add(JsonMapper.shared()
                .readTree("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{"
                        + "\"arguments\":\"{}\"}}]}}]}"));
        answer.add(JsonMapper.shared()
                .readTree("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}"));
        assertEquals(
                LoadAnswer.whole(
                        JsonMapper.shared()
                                .readTree(
                                        "{\"choices\":[{\"index\":0,\"message\":{\"content\":null,\"tool_calls\":[{\"id\":\"b\","
                                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}")),
                answer.toString());
    }

    @Test
    void memoryThatGrowsIsAFault() {
        assertEquals(List.of(), growing(100_000).faults());
        List<String> faults = growing(5_000_000).faults();
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("the heap grew by 35.0 MB"), faults.get(0));
        assertFalse(growing(5_000_000).view("").isRight());
    }

    private static LoadView growing(long bytes) {
        List<LoadWindow> windows = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            windows.add(new LoadWindow(
                    true,
                    12,
                    0,
                    Map.of("text", 12),
                    Map.of(),
                    new LatencyHistogram(),
                    new LatencyHistogram(),
                    1,
                    1,
                    20_000_000 + i * bytes,
                    300_000_000));
        }
        return new LoadView(windows, FEW);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(InvalidInputException.class, () -> new LoadSettings(0, 1, 10, 10, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LoadSettings(1, 1, 10, 9, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LoadSettings(1, 1, 9, 10, 0, 1));
        assertThrows(InvalidInputException.class, () -> new LoadSettings(1, 1, 10, 10, 1.5, 1));
    }
}
