// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchRunnerTest {

    @TempDir
    Path folder;

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger steps = new AtomicInteger();
    private final Cancellation stop = new Cancellation();

    private record Letter(String id, @Nanos("time_us") long time) implements ResultsFile.Result {}

    private final class Letters implements Bench<Letter> {

        private final int threads;
        private final String letters;

        Letters(int threads, String letters) {
            this.threads = threads;
            this.letters = letters;
        }

        @Override
        public Settings settings() {
            return Settings.none().with("a", 1);
        }

        @Override
        public Class<Letter> type() {
            return Letter.class;
        }

        @Override
        public List<Case<Letter>> cases() {
            Stream<Case<Letter>> single = letters.chars()
                    .mapToObj(Character::toString)
                    .map(id -> Case.of(id, turn -> {
                        done.add(id);
                        if (id.equals("!")) {
                            stop.cancel();
                            throw new CancelledException("stopped");
                        }
                        if (id.equals("?")) {
                            throw new CancelledException("for another reason");
                        }
                        return new Letter(id, 1_500);
                    }));
            Case<Letter> two = Case.of(List.of("y", "z"), turn -> {
                done.add("yz");
                return List.of(new Letter("y", 1), new Letter("z", 2));
            });
            return Stream.concat(single, Stream.of(two)).toList();
        }

        @Override
        public int threads() {
            return threads;
        }

        @Override
        public void begin(Turn turn) {
            done.add("begin");
        }

        @Override
        public void end(Path into, Turn turn) {
            done.add("end");
        }

        @Override
        public void close() {
            done.add("close");
        }

        @Override
        public View view(List<Letter> results) {
            return new View("Letters", "").member("letters", results.size());
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve(ResultsFile.NAME));
    }

    private View run(int threads, String letters) throws InterruptedException {
        done.clear();
        steps.set(0);
        BenchRunner<Letter> runner = new BenchRunner<>(new Letters(threads, letters));
        assertEquals(letters.length() + 2, runner.steps());
        return runner.run(folder, stop, steps::incrementAndGet);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void onlyWhatIsMissingIsRun(int threads) throws IOException, InterruptedException {
        run(threads, "ba");
        assertEquals(6, done.size(), done::toString);
        assertEquals(4, steps.get());
        assertEquals(
                List.of(
                        "{\"id\":\"a\",\"time_us\":1.5}",
                        "{\"id\":\"b\",\"time_us\":1.5}",
                        "{\"id\":\"y\",\"time_us\":0.001}",
                        "{\"id\":\"z\",\"time_us\":0.002}",
                        "{\"summary\":{\"letters\":4}}"),
                lines());
        Files.write(folder.resolve(ResultsFile.NAME), lines().subList(0, 3));
        run(threads, "ba");
        assertEquals(List.of("begin", "yz", "end", "close"), done);
        assertEquals(4, steps.get());
        run(threads, "ba");
        assertEquals(List.of("end", "close"), done, "nothing is missing, and so nothing begins");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void whatIsUnderWayIsDroppedWhenItStops(int threads) throws IOException, InterruptedException {
        View view = run(threads, "a!b");
        assertEquals(List.of("begin", "a", "!", "end", "close"), done);
        assertEquals(List.of("{\"id\":\"a\",\"time_us\":1.5}", "{\"summary\":" + view.toJson() + "}"), lines());
    }

    @Test
    void whatIsCancelledForAnotherReasonIsThrown() {
        assertThrows(CancelledException.class, () -> run(0, "?"));
        assertEquals("close", done.get(done.size() - 1));
    }

    @Test
    void aTurnIsOverAfterItsTimeOrWhenAllStops() {
        Turn turn = new Turn(stop, () -> {});
        assertTrue(turn.within(Duration.ZERO).isRequested());
        Cancellation later = turn.within(Duration.ofHours(1));
        assertFalse(later.isRequested());
        stop.cancel();
        assertTrue(later.isRequested());
    }
}
