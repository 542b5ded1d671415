// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.jsonschemabench.run.JavaMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs one case on a thread of its own, with its stack and under its clock.
 *
 * <p>A case is out of time when the wall clock and the processor time of this machine are both past its seconds, so
 * that a busy computer fails nobody; five times its seconds by the wall clock are too many in any event.
 */
final class CaseRunner {

    private static final int PATIENCE = 5;
    private static final long POLL_MILLIS = 20;

    private final Engine engine;
    private boolean healthy = true;

    CaseRunner(Engine engine) {
        this.engine = engine;
    }

    /** Whether this machine can run another case: no thread of it hangs, and no error of the machine came up. */
    boolean isHealthy() {
        return healthy;
    }

    /** The results of a case: one, or one for each line of its file. */
    List<CaseResult> run(HostileCase source) throws InterruptedException {
        String missing = source.missingFile();
        if (!missing.isEmpty()) {
            return List.of(CaseResult.of(source, new Judgement(Verdict.SKIPPED, "no " + missing), 0));
        }
        List<CaseResult> results = new ArrayList<>();
        AtomicReference<@Nullable Judgement> last = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> last.set(guarded(source, results)),
                "case " + source.id(),
                source.threadStackKb() * 1024L,
                false);
        thread.setDaemon(true);
        long start = System.nanoTime();
        thread.start();
        boolean ended = await(thread, source.maxSeconds());
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (!ended) {
            healthy = false;
            return List.of(CaseResult.of(source, hang(thread, source.maxSeconds()), millis));
        }
        Judgement judgement = last.get();
        if (judgement != null) {
            results.add(CaseResult.of(source, judgement, millis));
        }
        return results;
    }

    /** The judgement of a case with one input, or of what went wrong; null when all lines have their results. */
    private @Nullable Judgement guarded(HostileCase source, List<CaseResult> results) {
        try {
            if (source.isScenario()) {
                return Judgement.of(source, () -> ScenarioSteps.compile(source, engine));
            }
            if (!source.hasLines()) {
                return Judgement.of(source, () -> LanguageCase.compile(source, source.input(), engine));
            }
            int number = 0;
            for (byte[] line : source.lines()) {
                long start = System.nanoTime();
                Judgement judgement = judged(source, line);
                long millis = (System.nanoTime() - start) / 1_000_000;
                results.add(CaseResult.of(source, ":" + ++number, judgement, millis));
            }
            return null;
        } catch (VirtualMachineError error) {
            healthy = false;
            return Judgement.thrown(error);
        } catch (RuntimeException | Error thrown) {
            return Judgement.thrown(thrown);
        }
    }

    private Judgement judged(HostileCase source, byte[] line) {
        try {
            return Judgement.of(source, () -> LanguageCase.compile(source, line, engine));
        } catch (RuntimeException | StackOverflowError thrown) {
            return Judgement.thrown(thrown);
        }
    }

    private static boolean await(Thread thread, double maxSeconds) throws InterruptedException {
        long wall = System.nanoTime();
        long processor = JavaMachine.allProcessorsNanos();
        long allowed = (long) (maxSeconds * 1e9);
        do { // also what has ended by now may have ended too late
            thread.join(POLL_MILLIS);
            long past = System.nanoTime() - wall;
            boolean busy = JavaMachine.allProcessorsNanos() - processor > allowed;
            if (past > PATIENCE * allowed || (past > allowed && busy)) {
                return false;
            }
        } while (thread.isAlive());
        return true;
    }

    private static Judgement hang(Thread thread, double maxSeconds) {
        Throwable where = new Throwable("no end within " + maxSeconds + " s");
        where.setStackTrace(thread.getStackTrace());
        return new Judgement(Verdict.UNSAFE, Judgement.thrown(where).reason().replace("java.lang.Throwable: ", ""));
    }
}
