// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import dev.espalier.backends.torch.LogitRows;
import dev.espalier.backends.torch.TorchEngine;
import dev.espalier.backends.torch.TorchProgram;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A language model around any network that maps token ids to logits: a TorchScript module, a DJL model, or a function.
 *
 * <p>There is no cache: each step runs the network over the whole sequence again, one sequence after the other, so that a text of n tokens
 * costs n passes of growing length. For models of the Llama family, {@link PyTorchModel} is faster.
 *
 * <p>Threads: calls take turns under a lock of the model. Sessions are lists of tokens and cost no native memory.
 */
public final class PrefixModel implements LanguageModel {

    /** A function from the tokens of a text to the logits of the next one. Used by one thread at a time. */
    public interface Network extends AutoCloseable {

        /**
         * The logits after the last token.
         *
         * @param tokens at least one id; not to be modified
         * @return one logit for each id of the vocabulary; not used again by the network
         */
        float[] logits(int[] tokens);

        /** Frees the resources of the network. Called once. */
        @Override
        default void close() {}
    }

    private final Network network;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final int contextLength;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    /**
     * A model.
     *
     * @param network the network; closed with this model
     * @param vocabulary its vocabulary, of the width of its logits
     * @param encoder its tokenizer; not closed with this model
     * @param contextLength the most tokens that the network can read
     */
    public PrefixModel(Network network, Vocabulary vocabulary, TextEncoder encoder, int contextLength) {
        this.network = network;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.contextLength = contextLength;
    }

    /**
     * A TorchScript module, traced or scripted, whose {@code forward} takes ids as 64-bit integers of shape [1, tokens] and
     * returns logits of any floating-point type whose last two dimensions are [tokens, vocabulary].
     *
     * @throws ModelException if the file cannot be read or is no such module, or PyTorch does not start
     */
    public static PrefixModel torchScript(
            Path file, Vocabulary vocabulary, TextEncoder encoder, int contextLength, LoadOptions options) {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            TorchProgram module = TorchProgram.load(stream, file.toString(), options.torch());
            TorchProgram operations = TorchProgram.resource(LogitRows.PROGRAM, options.torch());
            return new PrefixModel(new TorchScript(module, operations), vocabulary, encoder, contextLength);
        } catch (NoSuchFileException e) {
            throw new ModelException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A DJL model, of any of its engines, as {@code Criteria} loads it, that takes ids as 64-bit integers of shape
     * [1, tokens] and returns logits whose last two dimensions are [tokens, vocabulary]. Logits in 16-bit "brain" floats
     * end the process inside DJL: such modules must go through {@link #torchScript}.
     */
    public static PrefixModel djl(
            ZooModel<NDList, NDList> model, Vocabulary vocabulary, TextEncoder encoder, int contextLength) {
        return new PrefixModel(new Djl(model, model.newPredictor()), vocabulary, encoder, contextLength);
    }

    private record TorchScript(TorchProgram module, TorchProgram operations) implements Network {

        @Override
        public float[] logits(int[] tokens) {
            long[] ids = Arrays.stream(tokens).asLongStream().toArray();
            try (PtNDArray input = module.longs(ids, new Shape(1, ids.length));
                    PtNDArray last = operations.tensor("forward", module.call("forward", IValue.from(input)))) {
                return last.toFloatArray();
            }
        }

        @Override
        public void close() {
            module.close();
            operations.close();
        }
    }

    private record Djl(ZooModel<NDList, NDList> model, Predictor<NDList, NDList> predictor) implements Network {

        @Override
        public float[] logits(int[] tokens) {
            long[] ids = Arrays.stream(tokens).asLongStream().toArray();
            try (NDManager manager = model.getNDManager().newSubManager()) {
                NDArray input = manager.create(ids, new Shape(1, ids.length));
                NDArray all = predictor.predict(new NDList(input)).get(0);
                all.attach(manager);
                long width = all.getShape().get(all.getShape().dimension() - 1);
                NDArray rows = all.reshape(-1, width);
                return rows.get(rows.getShape().get(0) - 1)
                        .toType(DataType.FLOAT32, false)
                        .toFloatArray();
            } catch (TranslateException e) {
                throw new ModelException("the network failed: " + TorchEngine.rootMessage(e), e);
            }
        }

        @Override
        public void close() {
            predictor.close();
            model.close();
        }
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public TextEncoder encoder() {
        return encoder;
    }

    @Override
    public int contextLength() {
        return contextLength;
    }

    @Override
    public Session open() {
        lock.lock();
        try {
            requireOpen();
            return new Sequence(this, new int[0]);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        lock.lock();
        try {
            requireOpen();
            List<Sequence> sequences = admit(batch);
            List<Logits> results = new ArrayList<>();
            List<int[]> texts = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                int[] text = sequences.get(i).with(batch.get(i).tokens());
                texts.add(text);
                results.add(run(text));
            }
            for (int i = 0; i < batch.size(); i++) {
                sequences.get(i).tokens = texts.get(i);
            }
            return List.copyOf(results);
        } finally {
            lock.unlock();
        }
    }

    private List<Sequence> admit(List<Step> batch) {
        List<Sequence> sequences = new ArrayList<>();
        Set<Session> distinct = new HashSet<>();
        for (Step step : batch) {
            if (!(step.session() instanceof Sequence sequence) || sequence.model != this) {
                throw new ModelException("a step's session was not opened by this model");
            }
            if (!distinct.add(sequence)) {
                throw new ModelException("two steps of one forward pass have the same session");
            }
            if ((long) sequence.length() + step.size() > contextLength) {
                throw new ModelException("a session of " + sequence.length() + " tokens cannot take " + step.size()
                        + " more: the context length is " + contextLength);
            }
            for (int token : step.tokens()) {
                if (token < 0 || token >= vocabulary.size()) {
                    throw new ModelException(
                            "token " + token + " is outside the vocabulary of " + vocabulary.size() + " ids");
                }
            }
            sequences.add(sequence);
        }
        if (sequences.isEmpty()) {
            throw new ModelException("a forward pass needs at least one step");
        }
        return sequences;
    }

    private Logits run(int[] text) {
        float[] logits;
        try {
            logits = network.logits(text);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            throw new ModelException("the network failed: " + TorchEngine.rootMessage(e), e);
        }
        if (logits.length != vocabulary.size()) {
            throw new ModelException("the network gave " + logits.length + " logits for a vocabulary of "
                    + vocabulary.size() + " ids; Vocabulary.withSize may help");
        }
        return Logits.of(logits);
    }

    private void requireOpen() {
        if (closed) {
            throw new ModelException("this model is closed");
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                network.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The tokens of a session. */
    private static final class Sequence implements Session {

        private final PrefixModel model;
        private int[] tokens;
        private boolean closed;

        Sequence(PrefixModel model, int[] tokens) {
            this.model = model;
            this.tokens = tokens;
        }

        int[] with(int[] more) {
            int[] all = Arrays.copyOf(tokens, tokens.length + more.length);
            System.arraycopy(more, 0, all, tokens.length, more.length);
            return all;
        }

        @Override
        public int length() {
            if (closed) {
                throw new ModelException("this session is closed");
            }
            return tokens.length;
        }

        @Override
        public Session fork() {
            length();
            return new Sequence(model, tokens);
        }

        @Override
        public void truncate(int length) {
            if (length < 0 || length > length()) {
                throw new ModelException("cannot truncate a session of " + length() + " tokens to " + length);
            }
            tokens = Arrays.copyOf(tokens, length);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
