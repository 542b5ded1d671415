// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.testing.TestData;
import dev.espalier.jsonschemabench.hard.CaseCompiler;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.mask.Matcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class MicroRunTest {

    private static final MicroSettings SHORT = new MicroSettings(0, 1, 1, 20);

    @ParameterizedTest
    @EnumSource(StateClass.class)
    void itsTextLeadsToAStateThatGoesOn(StateClass stateClass) {
        try (CaseCompiler compiler = new CaseCompiler(ByteTokens.builder().build(), Limits.DEFAULT)) {
            Matcher matcher = compiler.compile(stateClass.language()).matcher();
            for (byte b : stateClass.prefix().getBytes(StandardCharsets.UTF_8)) {
                matcher.accept(b & 0xff);
            }
            assertFalse(matcher.mask().isEmpty());
        }
    }

    @Test
    void benchmarksAreChosenByTheirNames() {
        assertEquals(8 * StateClass.values().length, run("").steps());
        assertEquals(1, run("cold.string").steps());
        assertEquals(2, run("^fork.(deep|enum)$").steps());
        assertThrows(InvalidInputException.class, () -> run("no such benchmark").steps());
    }

    @Test
    void aTableShowsWhatWasMeasuredAndNothingElse() {
        MicroTable table = new MicroTable(List.of(
                new MicroTable.Row("cold", "string", 12.3456, Double.NaN, Double.NaN),
                new MicroTable.Row("warm", "key", 0.5, 0.01, 0)));
        assertEquals("""
                | benchmark | state | µs | ± µs | B a call |
                | --- | --- | ---: | ---: | ---: |
                | cold | string | 12.346 | - | - |
                | warm | key | 0.500 | 0.010 | 0 |
                """, table.table().markdown());
        assertEquals(0.5, table.view("").toJson().path("warm.key").path("us").asDouble());
    }

    @Test
    void benchmarksRunInThisMachine(@TempDir Path folder) throws IOException {
        Path tokenizer = TestData.tokenizer("llama3_1");
        AtomicInteger steps = new AtomicInteger();
        MicroTable table = new MicroRun(tokenizer, Pattern.compile("(remembered|cold).enum"), List.of("gc"), SHORT, "")
                .measure(folder, new Cancellation(), steps::incrementAndGet);
        assertEquals(2, steps.get());
        assertEquals(
                List.of("remembered", "cold"),
                table.rows().stream().map(MicroTable.Row::benchmark).toList());
        for (MicroTable.Row row : table.rows()) {
            assertTrue(row.micros() > 0 && row.allocated() >= 0, row::toString);
        }
        assertEquals(
                2,
                JsonMapper.shared()
                        .readTree(Files.readString(folder.resolve("results.json")))
                        .size());
        assertEquals(table.table().markdown(), Files.readString(folder.resolve("table.md")));
        assertTrue(Files.readString(folder.resolve("jmh.log")).contains("remembered"));
    }

    private static MicroRun run(String regex) {
        return new MicroRun(Path.of("none"), Pattern.compile(regex), List.of(), SHORT, "");
    }
}
