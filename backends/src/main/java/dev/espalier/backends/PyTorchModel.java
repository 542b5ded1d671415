// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.backends.checkpoint.HuggingFaceConfig;
import dev.espalier.backends.network.KeyValueCache;
import dev.espalier.backends.network.PassRows;
import dev.espalier.backends.network.SequenceRows;
import dev.espalier.backends.torch.TorchEngine;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.TreeStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A model of the Llama family or one of its relatives, from a Hugging Face directory or a GGUF file.
 *
 * <p>The cache of keys and values grows with the tokens of the sessions, 256 positions at a time, and is freed with the model. {@link
 * Session#fork()} shares it; only the last positions are copied, fewer than 64. A pass attends to what its sessions share once for all of them.
 * A pass of one session does the same additions whether or not the session was forked. Prompts are processed in pieces of 512 tokens, so that memory does not grow with the square of
 * their length. A call that fails throws a {@link ModelException} and leaves all sessions as they were.
 *
 * <p>Safe for several threads: calls take turns under a lock of the model. A {@link Session} and the {@link Logits} of a pass belong to one
 * thread at a time.
 */
public final class PyTorchModel implements LanguageModel {

    /** The most tokens of one session in one call of the program. */
    static final int PIECE = 512;

    private final String name;
    final LoadedModel loaded;
    private final KeyValueCache cache;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private PyTorchModel(String name, LoadedModel loaded) {
        this.name = name;
        this.loaded = loaded;
        this.cache = new KeyValueCache(loaded.network(), loaded.contextLength());
    }

    /** Loads a directory or a file with {@link LoadOptions#DEFAULT}; throws as {@link #load(Path, LoadOptions)}. */
    public static PyTorchModel load(Path model) {
        return load(model, LoadOptions.DEFAULT);
    }

    /**
     * The folder that PyTorch's native libraries, some 450 MB, are unpacked to when the first model is loaded; empty if they are there, or if
     * {@code PYTORCH_LIBRARY_PATH} names others. For programs that tell their users.
     */
    public static Optional<Path> pendingLibraries() {
        return TorchEngine.pendingLibraries();
    }

    /**
     * Loads a Hugging Face directory, or a GGUF file: {@code NAME.gguf}, or any part of a split one. Cost: half a second to start PyTorch, two on
     * its first run on a machine, and the time to read the weights.
     *
     * @throws ModelException if a file is missing or broken, PyTorch does not start, or memory does not suffice
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the architecture or an option is not supported
     * @throws dev.espalier.core.error.InvalidInputException if {@code tokenizer.json} is not usable or does not fit
     */
    public static PyTorchModel load(Path model, LoadOptions options) {
        String name = String.valueOf(model.getFileName());
        return name.endsWith(".gguf") && !Files.isDirectory(model)
                ? new PyTorchModel(
                        name, LoadedModel.gguf(model, options, options.device().cuda()))
                : load(ModelFiles.directory(model), name, options);
    }

    /** Loads a model from any source of files, under a name for messages; throws as {@link #load(Path, LoadOptions)}. */
    public static PyTorchModel load(ModelFiles files, String name, LoadOptions options) {
        return load(files, name, options, options.device().cuda());
    }

    /** As above; {@code deviceLogits} says whether logits stay with the program until they are read, as they do on a GPU. */
    static PyTorchModel load(ModelFiles files, String name, LoadOptions options, boolean deviceLogits) {
        return new PyTorchModel(
                name,
                LoadedModel.load(
                        files,
                        HuggingFaceConfig.read(new ModelFileSource(files), options.contextLength()),
                        options,
                        deviceLogits));
    }

    @Override
    public String name() {
        return name;
    }

    /** What loading did to the weights. */
    public LoadReport report() {
        return loaded.report();
    }

    @Override
    public Vocabulary vocabulary() {
        return loaded.vocabulary();
    }

    @Override
    public TextEncoder encoder() {
        return loaded.encoder();
    }

    /** The tokens of a prompt with those special tokens that the tokenizer adds; special tokens in it are read as such. */
    @Override
    public int[] encodePrompt(String prompt) {
        return loaded.encoder().encodePrompt(prompt);
    }

    @Override
    public Optional<ModelTemplate> template() {
        return loaded.template();
    }

    @Override
    public int contextLength() {
        return loaded.contextLength();
    }

    @Override
    public Session open() {
        return locked(() -> new PyTorchSession(this, cache.open()));
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        return locked(() -> {
            List<PyTorchSession> sessions = admit(batch);
            int[] done = new int[batch.size()];
            for (int i = 0; i < done.length; i++) {
                while (batch.get(i).size() - done[i] > PIECE) {
                    Pass piece = pass(batch.subList(i, i + 1), sessions.subList(i, i + 1), new int[] {done[i]}, false);
                    loaded.rows().copied(piece.run(), piece::fault);
                    done[i] += PIECE;
                }
            }
            Pass pass = pass(batch, sessions, done, false);
            List<Logits> logits = loaded.rows().latest(pass.run(), pass::fault);
            grow(batch, sessions);
            return logits;
        });
    }

    @Override
    public List<List<Logits>> forwardEach(List<Step> batch) {
        return locked(() -> {
            List<PyTorchSession> sessions = admit(batch);
            List<List<Logits>> all = new ArrayList<>();
            if (batch.stream().mapToInt(Step::size).sum() <= PIECE) {
                Pass pass = pass(batch, sessions, new int[batch.size()], true);
                List<Logits> rows = loaded.rows().copied(pass.run(), pass::fault);
                for (int i = 0, at = 0; i < batch.size(); at += batch.get(i).size(), i++) {
                    all.add(rows.subList(at, at + batch.get(i).size()));
                }
                grow(batch, sessions);
                return List.copyOf(all);
            }
            for (int i = 0; i < batch.size(); i++) {
                List<Logits> rows = new ArrayList<>();
                for (int done = 0; done < batch.get(i).size(); done += PIECE) {
                    Pass pass = pass(batch.subList(i, i + 1), sessions.subList(i, i + 1), new int[] {done}, true);
                    rows.addAll(loaded.rows().copied(pass.run(), pass::fault));
                }
                all.add(List.copyOf(rows));
            }
            grow(batch, sessions);
            return List.copyOf(all);
        });
    }

    /** One pass over all nodes, each of which sees its session and the nodes on the way to it; many nodes are read by forks. */
    @Override
    public List<ReadTree> forwardTree(List<TreeStep> batch) {
        if (batch.stream().mapToInt(TreeStep::size).sum() > PIECE) {
            return LanguageModel.super.forwardTree(batch);
        }
        return locked(() -> {
            List<Step> steps = batch.stream()
                    .map(tree -> Step.of(tree.session(), tree.tokens()))
                    .toList();
            List<PyTorchSession> sessions = admit(steps);
            long[] parents = batch.stream()
                    .flatMapToInt(tree -> Arrays.stream(tree.parents()))
                    .asLongStream()
                    .toArray();
            Pass pass = pass(steps, sessions, new int[batch.size()], parents, true);
            List<Logits> rows = loaded.rows().copied(pass.run(), pass::fault);
            List<ReadTree> trees = new ArrayList<>();
            for (int i = 0, at = 0; i < batch.size(); at += batch.get(i).size(), i++) {
                trees.add(new PyTorchTree(
                        sessions.get(i),
                        batch.get(i),
                        rows.subList(at, at + batch.get(i).size())));
            }
            return List.copyOf(trees);
        });
    }

    @Override
    public boolean readsTreesAtOnce() {
        return true;
    }

    /** Keeps some of the tokens that were read behind a session. */
    void keep(PyTorchSession session, int[] read) {
        locked(() -> {
            session.requireOpen();
            session.rows.keep(read);
            return session;
        });
    }

    /** Checks a batch, frees the logits of the previous pass, and makes room for the tokens of the batch. */
    private List<PyTorchSession> admit(List<Step> batch) {
        if (batch.isEmpty()) {
            throw new ModelException("a forward pass needs at least one step");
        }
        List<PyTorchSession> sessions = new ArrayList<>();
        Set<Session> distinct = new HashSet<>();
        for (Step step : batch) {
            if (!(step.session() instanceof PyTorchSession session) || session.model != this) {
                throw new ModelException("a step's session was not opened by this model");
            }
            session.requireOpen();
            if (!distinct.add(session)) {
                throw new ModelException("two steps of one forward pass have the same session");
            }
            if ((long) session.rows.length() + step.size() > loaded.contextLength()) {
                throw new ModelException("a session of " + session.rows.length() + " tokens cannot take " + step.size()
                        + " more: the context length is " + loaded.contextLength());
            }
            for (int token : step.tokens()) {
                loaded.requireToken(token);
            }
            sessions.add(session);
        }
        loaded.rows().release();
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).rows.prepare(batch.get(i).size(), batch.size() == 1);
        }
        return sessions;
    }

    /** The pass over at most {@link #PIECE} tokens of each step from the {@code done}-th on. */
    private Pass pass(List<Step> batch, List<PyTorchSession> sessions, int[] done, boolean every) {
        return pass(batch, sessions, done, new long[0], every);
    }

    private Pass pass(List<Step> batch, List<PyTorchSession> sessions, int[] done, long[] parents, boolean every) {
        int size = batch.size();
        long[] counts = new long[size];
        int tokens = 0;
        for (int i = 0; i < size; i++) {
            counts[i] = Math.min(PIECE, batch.get(i).size() - done[i]);
            tokens += (int) counts[i];
        }
        long[] ids = new long[tokens];
        int next = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < counts[i]; j++) {
                ids[next++] = batch.get(i).tokens()[done[i] + j];
            }
        }
        boolean padded = loaded.rows().stay() && size > 1 && tokens == size;
        List<SequenceRows> sequences =
                sessions.stream().map(session -> session.rows).toList();
        PassRows rows = PassRows.of(sequences, done, counts);
        return new Pass(sequences, rows, () -> loaded.network().forward(ids, parents, rows, padded, every));
    }

    /** One call of the network over rows of the cache that belong to sequences. Repeating it writes the same values to the same rows. */
    private final class Pass {

        private final List<SequenceRows> sequences;
        private final PassRows rows;
        private final Supplier<PtNDArray> call;

        Pass(List<SequenceRows> sequences, PassRows rows, Supplier<PtNDArray> call) {
            this.sequences = sequences;
            this.rows = rows;
            this.call = call;
        }

        PtNDArray run() {
            return call.get();
        }

        /** The failure for logits that are not finite. The rows of sequences that were closed may be another's by now. */
        ModelException fault() {
            return locked(() -> {
                boolean kept = true;
                for (int i = 0; i < sequences.size(); i++) {
                    kept &= rows.hold(i, sequences.get(i));
                }
                return loaded.network().fault(kept ? call : null);
            });
        }
    }

    private static void grow(List<Step> batch, List<PyTorchSession> sessions) {
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).rows.grow(batch.get(i).size());
        }
    }

    /** A second session of the same tokens. */
    Session fork(PyTorchSession session) {
        return locked(() -> {
            session.requireOpen();
            return new PyTorchSession(this, session.rows.fork());
        });
    }

    /** Forgets the last tokens of a session. */
    void truncate(PyTorchSession session, int length) {
        lock.lock();
        try {
            session.rows.truncate(length);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a session's rows back. */
    void release(PyTorchSession session) {
        lock.lock();
        try {
            session.rows.close();
        } finally {
            lock.unlock();
        }
    }

    /** The number of rows of the cache, and the number of free ones. */
    int[] rows() {
        return locked(cache::rows);
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            if (closed) {
                throw new ModelException("model " + name + " is closed");
            }
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                loaded.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
