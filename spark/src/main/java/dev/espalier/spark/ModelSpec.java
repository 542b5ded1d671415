// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.backends.ComputeDevice;
import dev.espalier.backends.Precision;
import dev.espalier.core.error.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The description of a model, which each executor loads once and all of its tasks share. Immutable and serialisable, by Java and by Kryo; the {@code with} methods give changed
 * copies. Equal descriptions are one model.
 */
public final class ModelSpec implements Serializable {

    private static final long serialVersionUID = 1;

    /** Where the model comes from. */
    enum Source {
        EMBEDDED,
        PATH,
        ADDED_FILE,
        FACTORY
    }

    private static final long IDLE_MILLIS = 60_000;
    private static final int MAX_ROWS = 64;

    private final Source source;
    private final String path;
    private final byte[] factory;
    private final String device;
    private final Precision precision;
    private final int threads;
    private final int contextLength;
    private final int maxRows;
    private final boolean invariant;
    private final long idleMillis;

    /** What can be changed. */
    private static final class Parts {
        private Source source = Source.EMBEDDED;
        private String path = "";
        private byte[] factory = new byte[0];
        private String device = "cpu";
        private Precision precision = Precision.AUTO;
        private int threads;
        private int contextLength;
        private int maxRows = MAX_ROWS;
        private boolean invariant = true;
        private long idleMillis = IDLE_MILLIS;
    }

    private ModelSpec(Parts parts) {
        this.source = parts.source;
        this.path = parts.path;
        this.factory = parts.factory;
        this.device = parts.device;
        this.precision = parts.precision;
        this.threads = parts.threads;
        this.contextLength = parts.contextLength;
        this.maxRows = parts.maxRows;
        this.invariant = parts.invariant;
        this.idleMillis = parts.idleMillis;
    }

    private Parts parts() {
        Parts parts = new Parts();
        parts.source = source;
        parts.path = path;
        parts.factory = factory;
        parts.device = device;
        parts.precision = precision;
        parts.threads = threads;
        parts.contextLength = contextLength;
        parts.maxRows = maxRows;
        parts.invariant = invariant;
        parts.idleMillis = idleMillis;
        return parts;
    }

    /** The embedded model, which copies what short English texts say into the members that a schema names. */
    public static ModelSpec embedded() {
        return new ModelSpec(new Parts());
    }

    /** A Hugging Face directory at a path that every executor has. */
    public static ModelSpec directory(String path) {
        return at(Source.PATH, path);
    }

    /** A GGUF file at a path that every executor has. */
    public static ModelSpec gguf(String path) {
        return at(Source.PATH, path);
    }

    /** A GGUF file, or a Hugging Face directory, that was given to {@code SparkContext.addFile}, by its name. */
    public static ModelSpec addedFile(String name) {
        return at(Source.ADDED_FILE, name);
    }

    private static ModelSpec at(Source source, String path) {
        Parts parts = new Parts();
        parts.source = source;
        parts.path = Objects.requireNonNull(path, "path");
        return new ModelSpec(parts);
    }

    /**
     * A model that a factory makes on the executor.
     *
     * @throws InvalidInputException if the factory cannot be serialised
     */
    public static ModelSpec factory(ModelFactory factory) {
        Objects.requireNonNull(factory, "factory");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(factory);
        } catch (IOException e) {
            throw new InvalidInputException("the factory of the model cannot be serialised: " + e.getMessage(), e);
        }
        Parts parts = new Parts();
        parts.source = Source.FACTORY;
        parts.factory = bytes.toByteArray();
        return new ModelSpec(parts);
    }

    /**
     * The same on a device: {@code cpu}, {@code cuda} or {@code cuda:1}. {@code cuda} is the GPU that Spark gave to the task, if it gave one.
     *
     * @throws InvalidInputException if there is no such device, or a factory makes the model
     */
    public ModelSpec withDevice(String value) {
        ComputeDevice.parse(value);
        Parts parts = loaded("device");
        parts.device = value;
        return new ModelSpec(parts);
    }

    /** The same with weights in another precision; {@code AUTO} unless changed. Throws as {@link #withDevice}. */
    public ModelSpec withPrecision(Precision value) {
        Parts parts = loaded("precision");
        parts.precision = Objects.requireNonNull(value, "precision");
        return new ModelSpec(parts);
    }

    /** The same with so many threads for an operation of the CPU; 0 takes what suits the model. Throws as {@link #withDevice}. */
    public ModelSpec withThreads(int value) {
        require(value >= 0, "threads", "≥ 0", value);
        Parts parts = loaded("threads");
        parts.threads = value;
        return new ModelSpec(parts);
    }

    /** The same with at most so many tokens of prompt and text; 0 takes the model's own number. Throws as {@link #withDevice}. */
    public ModelSpec withContextLength(int value) {
        require(value >= 0, "contextLength", "≥ 0", value);
        Parts parts = loaded("contextLength");
        parts.contextLength = value;
        return new ModelSpec(parts);
    }

    private Parts loaded(String member) {
        if (source == Source.FACTORY) {
            throw new InvalidInputException(member + " is set by the factory that makes the model");
        }
        return parts();
    }

    /** The same with at most so many rows in a forward pass; 64 unless changed. */
    public ModelSpec withMaxRows(int value) {
        require(value >= 1, "maxRows", "≥ 1", value);
        Parts parts = parts();
        parts.maxRows = value;
        return new ModelSpec(parts);
    }

    /**
     * The same, with each row computed on its own or not. True unless changed: a row then has the same result in any company, bit for bit, on processors of one kind. False shares forward passes between rows, which
     * is faster for larger models and rounds otherwise: where two tokens are almost equally likely, another one may be taken in another run.
     */
    public ModelSpec withInvariant(boolean value) {
        Parts parts = parts();
        parts.invariant = value;
        return new ModelSpec(parts);
    }

    /** The same, given back by an executor after another time without a task; a minute unless changed. */
    public ModelSpec withIdle(Duration value) {
        require(!value.isNegative(), "idle", "≥ 0", value.toMillis());
        Parts parts = parts();
        parts.idleMillis = value.toMillis();
        return new ModelSpec(parts);
    }

    private static void require(boolean holds, String member, String range, long value) {
        if (!holds) {
            throw new InvalidInputException(member + " must be " + range + ", but was " + value);
        }
    }

    Source source() {
        return source;
    }

    String path() {
        return path;
    }

    byte[] factory() {
        return factory;
    }

    String device() {
        return device;
    }

    Precision precision() {
        return precision;
    }

    int threads() {
        return threads;
    }

    int contextLength() {
        return contextLength;
    }

    int maxRows() {
        return maxRows;
    }

    boolean isInvariant() {
        return invariant;
    }

    long idleMillis() {
        return idleMillis;
    }

    /** What decides the results: all but the bounds of what is written together. */
    List<Object> law() {
        return List.of(source, path, Digest.of(factory), device, precision, contextLength);
    }

    private List<Object> all() {
        return List.of(law(), threads, maxRows, invariant, idleMillis);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelSpec spec && all().equals(spec.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode() + Arrays.hashCode(factory);
    }

    /** Where it comes from. */
    @Override
    public String toString() {
        return switch (source) {
            case EMBEDDED -> "the embedded model";
            case FACTORY -> "the model of a factory";
            default -> path;
        };
    }
}
