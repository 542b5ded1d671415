package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs one schema after another through several engines side by side, each of which reads every schema once. Their caches have
 * thus seen the same schemas, and no reading finds what another one of the same schema has made; of all readings each step's least
 * time counts. Thread-safe: what it holds is shared, as in a server.
 */
final class SchemaTrial {

    private final List<Engine> engines;
    private final Protocol protocol;

    SchemaTrial(List<Engine> engines, Protocol protocol) {
        this.engines = List.copyOf(engines);
        this.protocol = protocol;
    }

    /**
     * The result of a schema; whatever is thrown becomes part of it, but for a cancellation.
     *
     * @param stop ends it soon
     */
    SchemaResult run(BenchSchema source, Cancellation stop) {
        Run run = new Run(source, stop);
        try {
            run.all();
        } catch (CancelledException e) {
            throw e;
        } catch (CompileTimeoutException e) {
            run.fail(Status.TIMEOUT, e);
        } catch (EspalierException e) {
            run.fail(run.now.isReady() ? Status.ERROR : Status.REFUSED, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            run.fail(Status.ERROR, e);
        }
        return run.result();
    }

    private final class Run {

        private final BenchSchema source;
        private final Cancellation stop;
        private final SchemaReading least;
        private final long collections = JavaMachine.collectionNanos();
        private SchemaReading now;
        private List<Reason> reasons = List.of();
        private Status status = Status.COMPILED;

        Run(BenchSchema source, Cancellation stop) {
            this.source = source;
            this.stop = stop;
            this.least = reading(engines.get(0));
            this.now = least;
        }

        private SchemaReading reading(Engine engine) {
            return new SchemaReading(source, engine, protocol, stop);
        }

        void all() {
            least.run();
            for (Engine engine : engines.subList(1, engines.size())) {
                now = reading(engine);
                now.run();
                least.least(now);
            }
            least.allowsNothing().ifPresent(why -> reasons = obstacles().of(source.schema(), why));
        }

        void fail(Status how, Throwable cause) {
            status = how;
            reasons = obstacles().of(source.schema(), cause);
        }

        private Obstacles obstacles() {
            return new Obstacles(engines.get(0).schemas(), protocol.options());
        }

        SchemaResult result() {
            int bytes = source.schema().getBytes(StandardCharsets.UTF_8).length;
            SchemaOutcome outcome = new SchemaOutcome(
                    source.id(), source.dataset(), status, reasons, least.checkedAtEnd(), bytes, least.compileNanos());
            long collected = JavaMachine.collectionNanos() - collections;
            return new SchemaResult(
                    outcome, least.firstMaskNanos(), least.nodes(), collected, least.times(), least.tests());
        }
    }
}
