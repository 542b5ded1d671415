// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.SchemaReading.Compiled;
import dev.espalier.jsonschemabench.run.JavaMachine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures what compiled schemas keep on the heap: full collections tell what is in use while a schema is held, and again when it
 * was dropped. What the engine keeps for other schemas stays where it is, and so counts for none: the store of masks, patterns,
 * number languages. One engine serves all schemas, as in a server, each of which is compiled three times, to be dropped when it
 * is compiled, after its first mask, and after its instances. One thread, and no other in the process that holds or drops anything.
 */
final class RetainedTrial {

    private final Protocol protocol;
    private final Cancellation stop;
    private @Nullable Object held;

    RetainedTrial(Protocol protocol, Cancellation stop) {
        this.protocol = protocol;
        this.stop = stop;
    }

    /**
     * The bytes of each schema whose instances are read without an error; fewer if it is stopped.
     *
     * @param step called after each schema
     */
    List<RetainedBytes> run(SchemaCorpus sample, Runnable step) {
        List<RetainedBytes> all = new ArrayList<>();
        try (Engine engine = protocol.engine()) {
            for (int i = 0; i < sample.size() && !stop.isRequested(); i++) {
                try {
                    all.add(bytes(sample.schema(i), engine));
                } catch (CancelledException e) {
                    return all;
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError leftOut) {
                    held = null;
                } finally {
                    step.run();
                }
            }
        }
        return all;
    }

    private RetainedBytes bytes(BenchSchema source, Engine engine) {
        AtomicLong caches = new AtomicLong();
        long compiled = dropped(() -> used(source, engine, Stage.COMPILED));
        long firstMask = dropped(() -> used(source, engine, Stage.FIRST_MASK));
        long instances = dropped(() -> used(source, engine, Stage.INSTANCES), () -> caches.set(engine.ownCacheBytes()));
        int length = source.schema().getBytes(StandardCharsets.UTF_8).length;
        return new RetainedBytes(source.id(), length, compiled, firstMask, instances, caches.get());
    }

    /** How far a schema is used before it is dropped. */
    private enum Stage {
        COMPILED,
        FIRST_MASK,
        INSTANCES
    }

    private Compiled used(BenchSchema source, Engine engine, Stage stage) {
        SchemaReading reading = new SchemaReading(source, engine, protocol, stop);
        Compiled schema = reading.compile();
        if (stage != Stage.COMPILED) {
            reading.firstMask(schema);
        }
        if (stage == Stage.INSTANCES) {
            reading.instances(schema);
        }
        return schema;
    }

    /** The bytes that go with what is made, if nobody else keeps it. Cost: some full collections. */
    long dropped(Supplier<Object> maker) {
        return dropped(maker, () -> {});
    }

    /**
     * As {@link #dropped(Supplier)}.
     *
     * @param meanwhile called while it is held, after a collection
     */
    private long dropped(Supplier<Object> maker, Runnable meanwhile) {
        held = maker.get();
        long with = JavaMachine.liveHeap();
        meanwhile.run();
        held = null;
        return Math.max(0, with - JavaMachine.liveHeap());
    }
}
