// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.Generator;
import dev.espalier.Prompting;
import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.core.Limits;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.spark.journal.JournalFolder;
import dev.espalier.spark.journal.JournalIndex;
import dev.espalier.sprig.Sprig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkFiles;

/** A loaded model that all tasks of an executor share, with what writes its texts. Thread-safe. */
final class SharedModel implements AutoCloseable {

    private final LanguageModel model;
    private final Generator generator;
    private final Map<String, JournalIndex> journals = new ConcurrentHashMap<>();

    private SharedModel(LanguageModel model, Prompting prompting, BatchOptions batch) {
        this.model = model;
        this.generator = Generator.of(model, prompting, Limits.DEFAULT, batch, BatchListener.NONE);
    }

    /**
     * Loads the model of a description.
     *
     * @param device where it computes
     * @param classes has the classes of a factory
     * @throws dev.espalier.core.error.EspalierException if it cannot be loaded
     */
    static SharedModel load(ModelSpec spec, String device, ClassLoader classes) {
        // tasks bound what waits by their windows
        BatchOptions batch = BatchOptions.DEFAULT
                .withMaxRows(spec.maxRows())
                .withMaxWaiting(Integer.MAX_VALUE)
                .withInvariant(spec.isInvariant());
        LoadOptions options = LoadOptions.DEFAULT
                .withDevice(ComputeDevice.parse(device))
                .withPrecision(spec.precision())
                .withThreads(spec.threads())
                .withContextLength(spec.contextLength());
        return switch (spec.source()) {
            case EMBEDDED -> {
                LanguageModel sprig = Sprig.load(options);
                yield new SharedModel(sprig, (prompt, output, slots) -> Sprig.prompt(sprig, prompt, output), batch);
            }
            case PATH -> of(PyTorchModel.load(Path.of(spec.path()), options), batch);
            case ADDED_FILE -> of(PyTorchModel.load(Path.of(SparkFiles.get(spec.path())), options), batch);
            case FACTORY -> {
                ModelFactory factory = factory(spec.factory(), classes);
                LanguageModel made = factory.load();
                yield new SharedModel(made, factory.prompting(made), batch);
            }
        };
    }

    private static SharedModel of(LanguageModel model, BatchOptions batch) {
        return new SharedModel(model, Prompting.of(model), batch);
    }

    private static ModelFactory factory(byte[] bytes, ClassLoader classes) {
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
                try {
                    return Class.forName(described.getName(), false, classes);
                } catch (ClassNotFoundException e) {
                    return super.resolveClass(described);
                }
            }
        }) {
            return (ModelFactory) stream.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new ModelException("the factory of the model cannot be read on the executor: " + e.getMessage(), e);
        }
    }

    Generator generator() {
        return generator;
    }

    /** The results in a journal, as far as they were written when this is called. */
    JournalIndex journal(String path, JournalFolder folder) {
        JournalIndex index = journals.computeIfAbsent(path, unused -> new JournalIndex(folder));
        index.refresh();
        return index;
    }

    @Override
    public void close() {
        generator.close();
        model.close();
    }
}
