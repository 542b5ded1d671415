// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import dev.espalier.backends.gguf.GgufMetadata;
import dev.espalier.backends.gguf.GgufTemplate;
import dev.espalier.backends.gguf.GgufTokens;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.encoder.PromptEnds;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A model from a GGUF file that llama.cpp computes, in any of its architectures and types of tensors. Masks, tokenizer and chat template are
 * Espalier's own; llama.cpp gives logits.
 *
 * <p>All sessions share one cache of a fixed number of cells, a cell for each token. {@link Session#fork()} shares the cells of the tokens so far and costs
 * nothing. A call that fails throws a {@link ModelException} and leaves all sessions as they were.
 *
 * <p>Safe for several threads: calls take turns under a lock of the model. A {@link Session} belongs to one thread at a time. {@link Logits}
 * are copies and stay valid.
 */
public final class LlamaModel implements LanguageModel {

    private final String name;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final PromptEnds ends;
    private final Optional<ModelTemplate> template;
    private final LlamaContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private LlamaModel(
            String name,
            Vocabulary vocabulary,
            TextEncoder encoder,
            PromptEnds ends,
            Optional<ModelTemplate> template,
            LlamaContext context) {
        this.name = name;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.ends = ends;
        this.template = template;
        this.context = context;
    }

    /** Loads a file with {@link LlamaLibrary#bundled()}; throws as {@link #load(Path, LlamaLibrary, LlamaOptions)} and as that. */
    public static LlamaModel load(Path gguf, LlamaOptions options) {
        return load(gguf, LlamaLibrary.bundled(), options);
    }

    /**
     * Loads a GGUF file, of a split model the first. Cost: the time to map the weights, and memory for the cache.
     *
     * <p>llama.cpp ends the process over some files whose metadata contradicts their tensors. Load files of known origin.
     *
     * @throws ModelException if the file cannot be read or is not sound, or llama.cpp cannot load it, with what it says
     * @throws dev.espalier.core.error.UnsupportedFeatureException if the tokenizer is not supported
     * @throws dev.espalier.core.error.InvalidInputException if the tokenizer is not usable
     */
    public static LlamaModel load(Path gguf, LlamaLibrary library, LlamaOptions options) {
        GgufMetadata metadata = GgufMetadata.read(gguf);
        DeclaredNumbers.check(metadata);
        GgufTokens tokens = GgufTokens.read(metadata);
        Vocabulary vocabulary = tokens.vocabulary(
                GgufTokens.endIds(metadata, tokens.tokenizer().tokens().size()));
        TextEncoder encoder = tokens.tokenizer().encoder();
        Optional<ModelTemplate> template = GgufTemplate.of(metadata);
        LlamaContext context = LlamaContext.load(gguf, library.api(), options);
        try {
            context.requireTokens(vocabulary.size());
            String name = String.valueOf(gguf.getFileName());
            return new LlamaModel(name, vocabulary, encoder, tokens.ends(), template, context);
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public TextEncoder encoder() {
        return encoder;
    }

    /** The tokens of a prompt with those special tokens that the tokenizer adds; special tokens in it are read as such. */
    @Override
    public int[] encodePrompt(String prompt) {
        return ends.around(encoder.encode(List.of(TextPiece.trusted(prompt))));
    }

    @Override
    public Optional<ModelTemplate> template() {
        return template;
    }

    @Override
    public int contextLength() {
        return context.contextLength();
    }

    /**
     * An empty sequence.
     *
     * @throws ModelException if the model is closed, or has as many open sessions as {@link LlamaOptions#sequences()}
     */
    @Override
    public Session open() {
        return locked(() -> new LlamaSession(this, context.take(), 0));
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        return locked(() -> pass(batch, false).stream().map(rows -> rows.get(0)).toList());
    }

    @Override
    public List<List<Logits>> forwardEach(List<Step> batch) {
        return locked(() -> pass(batch, true));
    }

    private List<List<Logits>> pass(List<Step> batch, boolean every) {
        List<LlamaSession> sessions = admit(batch);
        List<List<Logits>> rows = new ArrayList<>();
        try {
            rows.addAll(context.compute(batch, sessions, every));
        } catch (RuntimeException e) {
            sessions.forEach(session -> context.truncate(session.sequence, session.length));
            throw e;
        }
        for (int i = 0; i < sessions.size(); i++) {
            sessions.get(i).length += batch.get(i).size();
        }
        return rows;
    }

    private List<LlamaSession> admit(List<Step> batch) {
        if (batch.isEmpty()) {
            throw new ModelException("a forward pass needs at least one step");
        }
        List<LlamaSession> sessions = new ArrayList<>();
        Set<Session> distinct = new HashSet<>();
        for (Step step : batch) {
            if (!(step.session() instanceof LlamaSession session) || session.model != this) {
                throw new ModelException("a step's session was not opened by this model");
            }
            session.requireOpen();
            if (!distinct.add(session)) {
                throw new ModelException("two steps of one forward pass have the same session");
            }
            if ((long) session.length + step.size() > contextLength()) {
                throw new ModelException("a session of " + session.length + " tokens cannot take " + step.size()
                        + " more: the context length is " + contextLength());
            }
            for (int token : step.tokens()) {
                if (token < 0 || token >= vocabulary.size()) {
                    throw new ModelException(
                            "token " + token + " is outside the vocabulary of " + vocabulary.size() + " ids");
                }
            }
            sessions.add(session);
        }
        return sessions;
    }

    Session fork(LlamaSession session) {
        return locked(() -> {
            session.requireOpen();
            return new LlamaSession(this, context.copy(session.sequence), session.length);
        });
    }

    void truncate(LlamaSession session, int newLength) {
        lock.lock();
        try {
            session.requireOpen();
            if (newLength < 0 || newLength > session.length) {
                throw new ModelException("cannot truncate a session of " + session.length + " tokens to " + newLength);
            }
            if (!closed && newLength < session.length) {
                context.truncate(session.sequence, newLength);
            }
            session.length = newLength;
        } finally {
            lock.unlock();
        }
    }

    void release(LlamaSession session) {
        lock.lock();
        try {
            if (!session.closed) {
                session.closed = true;
                if (!closed) {
                    context.release(session.sequence);
                }
            }
        } finally {
            lock.unlock();
        }
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
                context.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
