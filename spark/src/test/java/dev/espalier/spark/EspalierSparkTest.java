// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ScriptedModel;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs in a session of this process: the smoke test of the build. */
class EspalierSparkTest {

    record Order(String customer, int pieces, Optional<LocalDate> day) {}

    private static SparkSession session;

    @BeforeAll
    static void begin() {
        session = Sessions.local();
        Sessions.quiet(session.sparkContext());
    }

    @AfterAll
    static void end() {
        if (session != null) {
            session.stop();
        }
    }

    /** Says the last line of the message again. */
    static ModelSpec echo() {
        return ModelSpec.factory(() -> new ScriptedModel(EspalierSparkTest::asked));
    }

    private static String asked(String prompt) {
        int at = prompt.indexOf("SAY ");
        int end = prompt.indexOf('\n', at);
        return at < 0
                ? ""
                : prompt.substring(at + 4, end < 0 ? prompt.length() : end).strip();
    }

    private static List<String> orders(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String day = i % 3 == 0 ? ",\"day\":\"2025-03-1" + i % 10 + "\"" : "";
            texts.add("SAY {\"customer\":\"Mira " + i + "\",\"pieces\":" + i + day + "}");
        }
        return texts;
    }

    @Test
    void eachRowComesBackWithAValueOfTheSchemasType() {
        Dataset<Row> answered = EspalierSpark.over(Sessions.texts(session, orders(30), 4))
                .model(echo())
                .key("id")
                .prompt("text")
                .record(Order.class)
                .budget(200)
                .generate();
        assertEquals(
                "struct<customer:string,pieces:bigint,day:date>",
                answered.select("answer.value").schema().apply(0).dataType().simpleString());
        List<Row> rows = answered.orderBy("id").collectAsList();
        assertEquals(30, rows.size());
        for (int i = 0; i < 30; i++) {
            Row answer = rows.get(i).getStruct(2);
            Row value = answer.getStruct(0);
            assertEquals("complete", answer.getAs("outcome"), answer.toString());
            assertEquals("Mira " + i, value.getString(0));
            assertEquals(i, value.getLong(1));
            assertEquals(i % 3 != 0, value.isNullAt(2));
        }
        assertEquals(30, answered.count());
        assertEquals(Sessions.table(answered), Sessions.table(answered.repartition(1)));
    }

    @Test
    void aBadRowIsAnErrorOfItsOwn() {
        List<String> texts = orders(4);
        texts.set(1, null);
        texts.set(2, "SAY " + "x".repeat(70_000));
        JobCounters counters = JobCounters.of(session);
        Dataset<Row> answered = EspalierSpark.over(Sessions.texts(session, texts, 2))
                .model(echo())
                .key("id")
                .prompt("text")
                .record(Order.class)
                .counters(counters)
                .generate();
        List<Row> rows = answered.select("id", "answer.outcome", "answer.error.message").collectAsList().stream()
                .sorted(Comparator.comparingInt(row -> row.getInt(0)))
                .toList();
        assertEquals("complete", rows.get(0).getString(1));
        assertEquals("refused", rows.get(1).getString(1));
        assertEquals("a column of the prompt is null", rows.get(1).getString(2));
        assertEquals("refused", rows.get(2).getString(1));
        assertEquals("complete", rows.get(3).getString(1));
        assertEquals(4, counters.results());
        assertEquals(2, counters.errors());
        assertTrue(counters.tokensOut() > 0);
    }

    @Test
    void aJobMayFailWithTheKeyOfABadRow() {
        List<String> texts = orders(4);
        texts.set(2, null);
        Dataset<Row> answered = EspalierSpark.over(Sessions.texts(session, texts, 2))
                .model(echo())
                .key("id")
                .prompt("text")
                .record(Order.class)
                .errors(RowErrors.FAIL)
                .generate();
        Exception failure = assertThrows(Exception.class, answered::collectAsList);
        assertTrue(failure.toString().contains("the row with the key 2, sample 0"), failure.toString());
    }

    @Test
    void rowsMayHaveSchemasOfTheirOwn() {
        Dataset<Row> rows = Sessions.texts(session, List.of("SAY 7", "SAY \"a\"", "SAY 1", "SAY 1"), 1)
                .withColumn(
                        "schema",
                        org.apache.spark.sql.functions.expr(
                                "element_at(array('{\"type\":\"integer\"}', '{\"type\":\"string\"}', '{\"type\":', null), id + 1)"));
        List<Row> answers = EspalierSpark.over(rows)
                .model(echo())
                .prompt("text")
                .schemaColumn("schema")
                .generate()
                .orderBy("id")
                .select("answer.value", "answer.error.code")
                .collectAsList();
        assertEquals("[[7,null], [\"a\",null], [null,syntax], [null,input]]", answers.toString());
    }

    @Test
    void samplesDifferByTheirSeedsAndHaveWeights() {
        Dataset<Row> answered = EspalierSpark.over(Sessions.texts(session, List.of("a", "b"), 2))
                .model(echo())
                .key("id")
                .prompt("text")
                .regex("[a-z]{6}")
                .sampling(SamplingParameters.MODEL)
                .samples(5)
                .generate();
        List<Row> rows = answered.select("id", "answer.sample", "answer.text", "answer.log_weight")
                .collectAsList();
        assertEquals(10, rows.size());
        assertEquals(10, rows.stream().map(row -> row.getString(2)).distinct().count());
        assertTrue(rows.stream().allMatch(row -> row.getDouble(3) < 0));
        assertEquals(Sessions.table(answered), Sessions.table(answered.repartition(1)));
    }

    @Test
    void aWrongJobFailsBeforeItRuns() {
        Dataset<Row> rows = Sessions.texts(session, List.of("a"), 1);
        EspalierSpark noOutput = EspalierSpark.over(rows).model(echo()).prompt("text");
        assertEquals(
                "output is missing",
                assertThrows(InvalidInputException.class, noOutput::generate).getMessage());
        EspalierSpark noColumn =
                EspalierSpark.over(rows).model(echo()).prompt("mail").text();
        assertEquals(
                "prompt: there is no column mail; there are id, text",
                assertThrows(InvalidInputException.class, noColumn::generate).getMessage());
        EspalierSpark wrong =
                EspalierSpark.over(rows).model(echo()).prompt("text").schema("{\"type\":\"strin\"}");
        assertThrows(EspalierException.class, wrong::generate);
        EspalierSpark greedy =
                EspalierSpark.over(rows).model(echo()).prompt("text").text().samples(2);
        assertThrows(InvalidInputException.class, greedy::generate);
    }

    @Test
    void numbersAreReadByTheirDigits() {
        List<String> texts = List.of(
                "SAY {\"a\":12345678901234567890123,\"b\":0.10}", "SAY {\"a\":1" + "0".repeat(38) + ",\"b\":1}");
        List<Row> rows = EspalierSpark.over(Sessions.texts(session, texts, 1))
                .model(echo())
                .prompt("text")
                .schema(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":1e40},\"b\":{\"type\":\"number\"}},\"required\":[\"a\",\"b\"],\"additionalProperties\":false}")
                .decimals(10, 2)
                .generate()
                .orderBy("id")
                .selectExpr("answer.value.a", "answer.value.b", "answer.outcome", "answer.error.message")
                .collectAsList();
        assertEquals(new BigDecimal("12345678901234567890123"), rows.get(0).getDecimal(0));
        assertEquals(new BigDecimal("0.10"), rows.get(0).getDecimal(1));
        assertEquals("not-valid", rows.get(1).getString(2));
        assertTrue(rows.get(1).getString(3).contains("/a"), rows.get(1).getString(3));
    }
}
