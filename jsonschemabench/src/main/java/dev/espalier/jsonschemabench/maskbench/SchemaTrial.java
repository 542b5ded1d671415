// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import java.util.List;
import java.util.Optional;

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
        long collections = JavaMachine.collectionNanos();
        SchemaReading least = new SchemaReading(source, engines.get(0), protocol, stop);
        SchemaReading now = least;
        Status status = Status.COMPILED;
        Optional<? extends Throwable> why;
        try {
            least.run();
            for (Engine engine : engines.subList(1, engines.size())) {
                now = new SchemaReading(source, engine, protocol, stop);
                now.run();
                least.least(now);
            }
            why = least.allowsNothing();
        } catch (CancelledException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            status = e instanceof CompileTimeoutException
                    ? Status.TIMEOUT
                    : e instanceof EspalierException && !now.isReady() ? Status.REFUSED : Status.ERROR;
            why = Optional.of(e);
        }
        List<Reason> reasons = why.map(
                        cause -> new Obstacles(engines.get(0).schemas(), protocol.options()).of(source.schema(), cause))
                .orElse(List.of());
        return least.result(status, reasons, JavaMachine.collectionNanos() - collections);
    }
}
