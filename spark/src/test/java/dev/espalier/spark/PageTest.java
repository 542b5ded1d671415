// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.testing.PageCode;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets of the page about Spark, which are those between the marks here. */
@Tag("integration")
class PageTest {

    // page: begin
    record Order(String customer, String item, int quantity, LocalDate day) {}

    static Dataset<Row> orders(Dataset<Row> mails, ModelSpec model) {
        return EspalierSpark.over(mails)
                .model(model)
                .key("id")
                .prompt("text")
                .record(Order.class)
                .budget(96)
                .generate();
    }

    static Dataset<Row> good(Dataset<Row> answered) {
        return answered.where("answer.error is null").selectExpr("id", "answer.value.*");
    }
    // page: end

    // page: begin
    static Dataset<Row> samples(Dataset<Row> mails, ModelSpec model) {
        return EspalierSpark.over(mails)
                .model(model)
                .key("id")
                .prompt("text")
                .choice("order", "complaint", "other")
                .sampling(SamplingParameters.MODEL.withSeed(7))
                .samples(5)
                .generate();
    }
    // page: end

    // page: begin
    static Dataset<Row> resumable(Dataset<Row> mails, ModelSpec model, String folder) {
        return EspalierSpark.over(mails)
                .model(model)
                .key("id")
                .prompt("text")
                .record(Order.class)
                .journal(folder)
                .generate();
    }
    // page: end

    @Test
    void thePageShowsThisCode() throws IOException {
        assertEquals(
                PageCode.tested(Path.of("src/test/java/dev/espalier/spark/PageTest.java")),
                PageCode.shown(Path.of("../docs/frameworks/spark.md")));
    }

    @Test
    void theCodeDoesWhatThePageSays(@TempDir Path folder) throws IOException {
        ModelSpec model = ModelSpec.factory(() -> new ScriptedModel(
                prompt -> "{\"customer\":\"Mira\",\"item\":\"cloth\",\"quantity\":12,\"day\":\"2025-03-14\"}"));
        try (SparkSession session = Sessions.local()) {
            List<String> texts = new ArrayList<>(List.of("a", "b"));
            texts.add(null);
            Dataset<Row> mails = Sessions.texts(session, texts, 2);
            List<Row> rows = good(orders(mails, model)).collectAsList();
            assertEquals(2, rows.size());
            assertEquals("Mira,cloth,12,2025-03-14", rows.get(0).mkString(",").substring(2));
            assertEquals(15, samples(mails, model).count());
            String journal = folder.toUri().toString();
            assertEquals(
                    Sessions.table(resumable(mails, model, journal)), Sessions.table(resumable(mails, model, journal)));
        }
    }
}
