// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.ForcedText;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.testing.ScriptedModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

/** What must not matter to the results of a job: partitions, order, company, retries, a job that was broken off. */
@Tag("integration")
class SparkJobsTest {

    record Order(String customer, String item, int quantity, LocalDate day) {}

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

    private static EspalierSpark orders(Dataset<Row> mails, ModelSpec model) {
        return EspalierSpark.over(mails)
                .model(model)
                .key("id")
                .prompt("text")
                .record(Order.class)
                .budget(96);
    }

    private static Dataset<Row> mails(int count, int partitions) {
        return Sessions.texts(session, Mails.of(count, 1), partitions);
    }

    @Test
    void aThousandMailsHaveTheSameTableInAnyPartitionsAndOrder() {
        List<String> one =
                Sessions.table(orders(mails(1000, 1), ModelSpec.embedded()).generate());
        assertEquals(1000, one.size());
        assertTrue(one.stream().allMatch(row -> row.contains("\"outcome\":\"complete\"")), one.get(0));
        assertEquals(
                one, Sessions.table(orders(mails(1000, 4), ModelSpec.embedded()).generate()));
        Dataset<Row> shuffled = mails(1000, 7).orderBy(org.apache.spark.sql.functions.rand(3));
        assertEquals(one, Sessions.table(orders(shuffled, ModelSpec.embedded()).generate()));
    }

    @Test
    void aThousandMailsMayShareForwardPasses() {
        ModelSpec shared = ModelSpec.embedded().withInvariant(false);
        List<Row> rows = orders(mails(1000, 2), shared).generate().collectAsList();
        assertEquals(
                1000,
                rows.stream()
                        .filter(row -> row.getStruct(2).getAs("outcome").equals("complete"))
                        .count());
    }

    @Test
    void drawnSamplesAreTheSameInAnyCompany() {
        ModelSpec alone = ModelSpec.embedded().withMaxRows(1);
        EspalierSpark single = orders(mails(20, 1), alone)
                .sampling(SamplingParameters.MODEL.withSeed(5))
                .samples(3)
                .window(1);
        EspalierSpark together = orders(mails(20, 3), ModelSpec.embedded())
                .sampling(SamplingParameters.MODEL.withSeed(5))
                .samples(3);
        List<String> rows = Sessions.table(single.generate());
        assertEquals(60, rows.size());
        assertEquals(rows, Sessions.table(together.generate()));
        EspalierSpark otherSeed = orders(mails(20, 3), ModelSpec.embedded())
                .sampling(SamplingParameters.MODEL.withSeed(6))
                .samples(3);
        assertNotEquals(rows, Sessions.table(otherSeed.generate()));
    }

    @Test
    void countingFirstChangesNothing() {
        Dataset<Row> answered = orders(mails(30, 3), ModelSpec.embedded()).generate();
        assertEquals(30, answered.count());
        assertEquals(Sessions.table(answered), Sessions.table(answered));
        answered.createOrReplaceTempView("answered");
        assertEquals(
                30,
                session.sql("select answer.value.quantity from answered where answer.error is null")
                        .count());
    }

    @Test
    void aJobThatWasBrokenOffGoesOnFromItsJournal(@TempDir Path folder) throws Exception {
        List<String> mails = new ArrayList<>(Mails.of(40, 2));
        mails.add(null);
        String journal = folder.resolve("journal").toUri().toString();
        EspalierSpark broken = orders(Sessions.texts(session, mails, 1), ModelSpec.embedded())
                .errors(RowErrors.FAIL)
                .window(4)
                .journal(journal);
        assertThrows(Exception.class, () -> broken.generate().collectAsList());
        long done = lines(folder.resolve("journal"));
        assertTrue(done > 0 && done <= 40, done + " results");
        Path torn = folder.resolve("journal").resolve("torn.jsonl");
        Files.writeString(torn, "{\"id\":\"0\",\"key\":", StandardOpenOption.CREATE);

        mails.set(40, Mails.of(1, 3).get(0));
        JobCounters counters = JobCounters.of(session);
        EspalierSpark resumed = orders(Sessions.texts(session, mails, 2), ModelSpec.embedded())
                .journal(journal)
                .counters(counters);
        List<String> table = Sessions.table(resumed.generate());
        assertEquals(done, counters.resumed());
        assertEquals(41, counters.results());
        EspalierSpark fresh = orders(Sessions.texts(session, mails, 2), ModelSpec.embedded());
        assertEquals(Sessions.table(fresh.generate()), table);

        JobCounters others = JobCounters.of(session);
        Sessions.table(orders(Sessions.texts(session, mails, 2), ModelSpec.embedded())
                .budget(95)
                .journal(journal)
                .counters(others)
                .generate());
        assertEquals(0, others.resumed(), "another budget is another question");
    }

    @Test
    void aLineOfTheJournalThatIsNoResultIsNamed(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("wrong.jsonl"), "no result\n");
        EspalierSpark job = orders(mails(2, 1), EspalierSparkTest.echo())
                .journal(folder.toUri().toString());
        Exception failure = assertThrows(Exception.class, () -> job.generate().collectAsList());
        assertTrue(failure.toString().contains("the line at byte 0 of"), failure.toString());
    }

    private static long lines(Path folder) throws Exception {
        long lines = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        return lines;
    }

    /** The model is given back only when no row needs it. */
    @Test
    void aKilledJobEndsItsRows() throws Exception {
        CLOSED.clear();
        Dataset<Row> answered = EspalierSpark.over(Sessions.texts(session, Mails.of(200, 4), 2))
                .model(ModelSpec.factory(Endless::new).withIdle(Duration.ZERO))
                .prompt("text")
                .regex("x{5000}")
                .sampling(SamplingParameters.DEFAULT.withForcedText(ForcedText.DRAWN))
                .budget(6000)
                .generate();
        Thread killer = new Thread(() -> {
            try {
                STARTED.await();
            } catch (InterruptedException e) {
                return;
            }
            session.sparkContext().cancelAllJobs();
        });
        killer.start();
        assertThrows(Exception.class, answered::collectAsList);
        killer.join();
        awaitClosing();
    }

    private static void awaitClosing() throws InterruptedException {
        synchronized (CLOSED) {
            for (int i = 0; i < 60 && CLOSED.isEmpty(); i++) {
                CLOSED.wait(1000);
            }
        }
        assertEquals(List.of("closed"), CLOSED);
    }

    private static final CountDownLatch STARTED = new CountDownLatch(1);

    @Test
    void aModelIsGivenBackWhenNobodyUsesIt() throws Exception {
        CLOSED.clear();
        ModelSpec model = ModelSpec.factory(Closing::new).withIdle(Duration.ZERO);
        assertEquals(
                2,
                EspalierSpark.over(mails(2, 2))
                        .model(model)
                        .prompt("text")
                        .choice("a", "b")
                        .generate()
                        .collectAsList()
                        .size());
        awaitClosing();
    }

    private static final List<String> CLOSED = Collections.synchronizedList(new ArrayList<>());

    /** Wants to write nothing, and tells when it is closed. */
    static class Closing extends ScriptedModel {
        Closing() {
            this(prompt -> "");
        }

        Closing(UnaryOperator<String> script) {
            super(script);
        }

        @Override
        public void close() {
            synchronized (CLOSED) {
                CLOSED.add("closed");
                CLOSED.notifyAll();
            }
        }
    }

    /** Tells when it is asked, too. */
    static final class Endless extends Closing {
        Endless() {
            super(prompt -> {
                STARTED.countDown();
                return "x".repeat(5000);
            });
        }
    }

    @Test
    void nobodyWaitsForAModelThatCannotBeLoadedOrIsNotWanted() {
        ModelSpec missing = ModelSpec.directory("/no/such/model");
        assertThrows(ModelException.class, () -> SharedModels.lease(missing, "cpu", () -> false));
        ModelSpec slow = ModelSpec.embedded().withMaxRows(3);
        assertThrows(CancelledException.class, () -> SharedModels.lease(slow, "cpu", () -> true));
        Throwable twice = new UnsatisfiedLinkError("Native Library x.so already loaded in another classloader");
        String said = String.valueOf(SharedModels.explained(missing, new ModelException("PyTorch", twice))
                .getMessage());
        assertTrue(said.contains("spark.executor.extraClassPath"), said);
    }

    private static Object byJava(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(value);
        }
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return stream.readObject();
        }
    }

    private static Object byKryo(Object value) {
        KryoSerializer kryo = new KryoSerializer(new SparkConf());
        ByteBuffer bytes = kryo.newInstance().serialize(value, ClassTag$.MODULE$.apply(Object.class));
        return kryo.newInstance().deserialize(bytes, ClassTag$.MODULE$.apply(Object.class));
    }

    @Test
    void whatTravelsArrivesAsItWas() throws Exception {
        List<ModelSpec> models = List.of(
                ModelSpec.embedded().withThreads(2).withInvariant(false),
                ModelSpec.gguf("/models/one.gguf").withDevice("cuda:1").withContextLength(512),
                EspalierSparkTest.echo());
        for (ModelSpec model : models) {
            assertEquals(model, byJava(model));
            assertEquals(model, byKryo(model));
        }
        assertEquals(RowErrors.FAIL, byJava(RowErrors.FAIL));
        assertEquals(RowErrors.FAIL, byKryo(RowErrors.FAIL));
        JobSettings settings = new JobSettings(
                List.of("id"),
                PromptTemplate.parse("a {b} {{c}} {d}"),
                AskedOutput.schema(
                        AskedOutput.Kind.SCHEMA, "{}", SchemaOptions.CHECKING.withDocuments(Map.of("urn:a", "{}"))),
                SamplingParameters.MODEL.withSeed(Long.MIN_VALUE).withTopP(0.9),
                2,
                3,
                true,
                RowErrors.FAIL,
                4,
                "e",
                new dev.espalier.spark.column.ColumnType.Decimal(10, 2),
                "f");
        assertEquals(settings, JobSettings.read(settings.json()));
    }

    @Test
    void aTemplateIsFilledInOrAnError() {
        assertEquals("a 1 {c} 2", PromptTemplate.parse("a {b} {{c}} {d}").fill(List.of("1", "2")));
        for (String wrong : List.of("no column", "{", "a } {b}", "{}")) {
            assertThrows(InvalidInputException.class, () -> PromptTemplate.parse(wrong), wrong);
        }
    }

    @Test
    void theDeviceIsTheGpuThatSparkGave() {
        var gpu = Map.of("gpu", new org.apache.spark.resource.ResourceInformation("gpu", new String[] {"3"}));
        assertEquals("cuda:3", RowsFunction.device("cuda", gpu));
        assertEquals("cuda:1", RowsFunction.device("cuda:1", gpu));
        assertEquals("cpu", RowsFunction.device("cpu", gpu));
        assertEquals("cuda", RowsFunction.device("cuda", Map.of()));
    }

    /** Through Spark's encoders, with values that a tree of the same text has. */
    @Test
    void randomSchemasComeThroughSpark() {
        for (int seed = 0; seed < 12; seed++) {
            dev.espalier.spark.column.SparkRoundTrip.check(session, new Random(seed));
        }
    }

    record Renamed(List<Inner> inner) {}

    record Inner(
            @com.fasterxml.jackson.annotation.JsonProperty("b")
            String a) {}

    @Test
    void annotationsThatAreNotSeenAreRefused() {
        SeenAnnotations.require(Renamed.class, "com.fasterxml.jackson.annotation");
        SeenAnnotations.require(Order.class, "shaded");
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> SeenAnnotations.require(Renamed.class, "shaded"));
        assertTrue(String.valueOf(refused.getMessage()).contains("Inner.a has @JsonProperty"), refused.getMessage());
    }
}
