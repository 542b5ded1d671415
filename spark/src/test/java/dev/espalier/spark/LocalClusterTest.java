// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on two executors that are processes of their own, on a Spark that is laid out from the class path of this test. */
@Tag("integration")
class LocalClusterTest {

    record Line(String word, int number) {}

    /** Kills its executor's process once, in the middle of a job: the file says that it was done. */
    private static ModelSpec mortal(String once) {
        return ModelSpec.factory(() -> new ScriptedModel(prompt -> {
            if (prompt.contains("word 13 ")) {
                try {
                    if (Path.of(once).toFile().createNewFile()) {
                        Runtime.getRuntime().halt(1);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return line(prompt);
        }));
    }

    /** Waits in the middle of a job, once: one file says that it does, and another that it may go on. */
    private static ModelSpec waiting(String begun, String goOn) {
        return ModelSpec.factory(() -> new ScriptedModel(prompt -> {
            if (prompt.contains("word 13 ")) {
                try {
                    if (Path.of(begun).toFile().createNewFile()) {
                        await(Path.of(goOn));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return line(prompt);
        }));
    }

    private static String line(String prompt) {
        int at = prompt.indexOf("word ") + 5;
        String number = prompt.substring(at, prompt.indexOf(' ', at));
        return "{\"word\":\"w" + number + "\",\"number\":" + number + "}";
    }

    private static void await(Path file) {
        for (int i = 0; i < 6_000 && !Files.exists(file); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        assertTrue(Files.exists(file), "nobody wrote " + file.getFileName());
    }

    /** The tasks that run. */
    private static final class RunningTasks extends SparkListener {
        private final Set<Long> ids = ConcurrentHashMap.newKeySet();
        private final AtomicInteger killed = new AtomicInteger();

        @Override
        public void onTaskStart(SparkListenerTaskStart start) {
            ids.add(start.taskInfo().taskId());
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            ids.remove(end.taskInfo().taskId());
            if (end.taskInfo().killed()) {
                killed.incrementAndGet();
            }
        }
    }

    private static SparkSession cluster(Path home) throws IOException {
        Path jars = Files.createDirectories(home.resolve("jars"));
        List<String> folders = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(path)) {
                folders.add(path.toString());
            } else if (Files.exists(path)) {
                Path link = jars.resolve(path.getFileName());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, path);
                }
            }
        }
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", home.toString());
        return Sessions.builder()
                .master("local-cluster[2,1,1024]")
                .config("spark.executor.extraClassPath", String.join(File.pathSeparator, folders))
                .config("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                .config("spark.executor.memory", "700m")
                .config("spark.testing.reservedMemory", "0")
                .config("spark.task.maxFailures", "4")
                .getOrCreate();
    }

    private static EspalierSpark job(Dataset<Row> rows, ModelSpec model) {
        return EspalierSpark.over(rows)
                .model(model)
                .key("id")
                .prompt("text")
                .record(Line.class)
                .budget(64)
                .window(2);
    }

    /** Texts of which one is missing. */
    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add(i == 7 ? null : "word " + i + " is it");
        }
        return texts;
    }

    @Test
    void aTaskWhoseExecutorDiesIsDoneAgainWithTheSameRows(@TempDir Path folder) throws Exception {
        Sessions.assumeJava();
        List<String> texts = texts();
        List<String> table;
        Path once = folder.resolve("once");
        try (SparkSession session = cluster(folder.resolve("spark"))) {
            Sessions.quiet(session.sparkContext());
            Dataset<Row> rows = Sessions.texts(session, texts, 4);
            JobCounters counters = JobCounters.of(session);
            table = Sessions.table(
                    job(rows, mortal(once.toString())).counters(counters).generate());
            assertTrue(Files.exists(once), "an executor died");
            assertEquals(1, counters.errors());
        } finally {
            System.clearProperty("spark.testing");
            System.clearProperty("spark.test.home");
        }
        try (SparkSession session = Sessions.local()) {
            Dataset<Row> rows = Sessions.texts(session, texts, 1);
            assertEquals(Sessions.table(job(rows, mortal(once.toString())).generate()), table);
        }
        assertEquals(40, table.size());
        assertTrue(table.get(7).contains("\"outcome\":\"refused\""), table.get(7));
    }

    @Test
    void aTaskThatIsKilledIsDoneAgainWithTheSameRows(@TempDir Path folder) throws Exception {
        Sessions.assumeJava();
        Path begun = folder.resolve("begun");
        Path goOn = folder.resolve("go-on");
        ModelSpec model = waiting(begun.toString(), goOn.toString());
        RunningTasks running = new RunningTasks();
        List<String> table;
        try (SparkSession session = cluster(folder.resolve("spark"))) {
            Sessions.quiet(session.sparkContext());
            session.sparkContext().addSparkListener(running);
            Dataset<Row> rows = Sessions.texts(session, texts(), 4);
            Thread killer = new Thread(() -> {
                await(begun);
                running.ids.forEach(id -> session.sparkContext().killTaskAttempt(id, true, "the test wants it"));
                for (int i = 0; i < 6_000 && running.killed.get() == 0; i++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
                try {
                    Files.createFile(goOn); // the task has ended before its model went on
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            killer.start();
            table = Sessions.table(job(rows, model).generate());
            killer.join();
        } finally {
            System.clearProperty("spark.testing");
            System.clearProperty("spark.test.home");
        }
        assertTrue(running.killed.get() > 0, "no task was killed");
        try (SparkSession session = Sessions.local()) {
            Dataset<Row> rows = Sessions.texts(session, texts(), 1);
            assertEquals(Sessions.table(job(rows, model).generate()), table);
        }
        assertEquals(40, table.size());
    }
}
