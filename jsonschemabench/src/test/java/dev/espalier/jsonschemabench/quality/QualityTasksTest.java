// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.jsonschemabench.judge.ReferenceValidator;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.mask.Matcher;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tasks that come with the harness. */
class QualityTasksTest {

    private static final List<QualityTask> ALL = QualityTasks.of(List.of(TaskKind.values()));

    @Test
    void thereAreSixtyExtractionsAndFortyOfEachOtherKind() {
        assertEquals(60, QualityTasks.of(List.of(TaskKind.EXTRACTION)).size());
        assertEquals(40, QualityTasks.of(List.of(TaskKind.CLASSIFICATION)).size());
        assertEquals(40, QualityTasks.of(List.of(TaskKind.REASONING)).size());
    }

    @Test
    void noTwoTasksHaveOneIdOrOneText() {
        Set<String> ids = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (QualityTask task : ALL) {
            assertTrue(ids.add(task.id()), task.id());
            assertTrue(texts.add(task.text()), task.text());
            assertFalse(task.text().isBlank(), task.id());
            assertFalse(task.instruction().isBlank(), task.id());
        }
    }

    @Test
    void everyLabelFitsItsSchema() {
        ReferenceValidator validator = new ReferenceValidator();
        for (QualityTask task : ALL) {
            assertEquals("", validator.faults(task.schema(), task.label().toString()), task.id());
        }
    }

    @Test
    void everyLabelCanBeWrittenUnderTheMasks() {
        try (OutputCompiler compiler = new OutputCompiler(ByteTokens.withEnd())) {
            for (QualityTask task : ALL) {
                Matcher matcher = compiler.compile(Output.jsonSchema(task.schema()))
                        .grammar()
                        .matcher();
                for (int token : ByteTokens.of(task.label().toString())) {
                    assertTrue(matcher.allows(token), () -> task.id() + " at " + (char) token);
                    matcher.accept(token);
                }
                assertTrue(matcher.isAccepting(), task.id());
            }
        }
    }

    /** Other spellings stand for strings that the label has. */
    @Test
    void otherSpellingsAreOfStringsOfTheLabel() {
        for (QualityTask task : ALL) {
            for (Map.Entry<String, JsonNode> each : task.accepted().properties()) {
                assertTrue(task.label().at(each.getKey()).isString(), task.id() + each.getKey());
                assertTrue(each.getValue().isArray() && !each.getValue().isEmpty(), task.id() + each.getKey());
                each.getValue().forEach(spelling -> assertTrue(spelling.isString(), task.id()));
            }
        }
    }

    /** Numbers may stand there as words. */
    @Test
    void wholeNumbersAndNamesOfExtractionsStandInTheirTexts() {
        Map<String, String> words =
                Map.of("one", "1", "two", "2", "three", "3", "four", "4", "five", "5", "twelve", "12");
        for (QualityTask task : QualityTasks.of(List.of(TaskKind.EXTRACTION))) {
            String text = task.text().toLowerCase(Locale.ROOT).replaceAll("(?<=[0-9]),(?=[0-9])", "");
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
            }
            for (Map.Entry<String, JsonNode> member : task.label().properties()) {
                String value = member.getValue().asString("").toLowerCase(Locale.ROOT);
                if (member.getValue().isIntegralNumber() || isName(task, member.getKey())) {
                    assertTrue(text.contains(value), task.id() + ": " + value + " in " + text);
                }
            }
        }
    }

    private static boolean isName(QualityTask task, String member) {
        JsonNode schema =
                JsonMapper.shared().readTree(task.schema()).path("properties").path(member);
        return schema.path("type").asString("").equals("string") && !schema.has("format") && !schema.has("pattern");
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void aKindIsKnownByItsName(TaskKind kind) {
        assertEquals(kind, TaskKind.parse(kind.toString()));
    }

    @Test
    void theAnswerCanComeBeforeTheReason() {
        for (QualityTask task : QualityTasks.of(List.of(TaskKind.REASONING))) {
            assertTrue(task.schema().contains("{\"reason\":{"), task.schema());
            assertTrue(task.withAnswerFirst().schema().contains("{\"answer\":{"), task.id());
            assertEquals(
                    JsonMapper.shared().readTree(task.schema()),
                    JsonMapper.shared().readTree(task.withAnswerFirst().schema()));
        }
    }
}
