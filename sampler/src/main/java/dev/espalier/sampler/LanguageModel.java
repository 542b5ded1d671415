// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A left-to-right language model: it reads tokens and says how likely every token is to come next.
 *
 * <p>A plain interface that anyone can implement; nothing here knows an inference engine. {@link #open()} gives a
 * {@link Session}, one sequence with a slot of the key/value cache; {@link #forward} appends tokens to any number of
 * sessions in one pass.
 *
 * <p><b>Threads.</b> {@link #open()}, {@link #vocabulary()}, {@link #encoder()} and {@link #contextLength()} may be called
 * from any thread at any time. {@link #forward}, {@link #forwardEach}, {@link #forwardTree} and the methods of all sessions are called by one
 * thread at a time; decoders that share a model take turns by synchronising on it.
 *
 * <p><b>Errors.</b> Failures are {@link ModelException}. Whatever else an implementation throws reaches users wrapped in
 * one. A forward pass that fails leaves the sessions of its batch as they were, or such that {@link Session#truncate} to
 * the old length restores them; decoders then retry the sessions one by one, so that a bad one fails alone.
 */
public interface LanguageModel extends AutoCloseable {

    /** The vocabulary, its size the width of the logits: padding and holes included. Always the same object. */
    Vocabulary vocabulary();

    /** The canonical tokenizer of this model. Thread-safe. */
    TextEncoder encoder();

    /**
     * The tokens of a prompt: its canonical tokens, with those control tokens around them that the model expects, such as
     * one for the beginning of a text. Thread-safe. This default adds none.
     */
    default int[] encodePrompt(String prompt) {
        return encoder().encode(prompt);
    }

    /** The chat template that the model's files bring; empty if they bring none, as by default. */
    default Optional<ModelTemplate> template() {
        return Optional.empty();
    }

    /** The most tokens that one session can hold, prompt included; at least 1. */
    int contextLength();

    /**
     * An empty sequence. Cheap: memory may be reserved here or with the first tokens.
     *
     * @throws ModelException if the model is closed or has no room for another sequence
     */
    Session open();

    /**
     * One forward pass: appends each step's tokens to its session.
     *
     * @param batch at least one step, of distinct sessions, each opened by this model
     * @return the logits after the <em>last</em> token of each step, in the order of the batch; valid until the next
     *     forward pass or until the model is closed, whichever comes first
     * @throws ModelException if the pass fails or a session would outgrow {@link #contextLength()}
     */
    List<Logits> forward(List<Step> batch);

    /**
     * As {@link #forward}, with the logits after <em>every</em> token: to score given tokens, to verify drafts.
     *
     * <p>This default feeds one token a pass, as many passes as the longest step has tokens, and keeps a copy of the
     * logits; models that can read all positions in one pass override it.
     *
     * @return for each step, in the order of the batch, as many logits as it has tokens; validity as for {@link #forward}
     * @throws ModelException as for {@link #forward}
     */
    default List<List<Logits>> forwardEach(List<Step> batch) {
        List<List<Logits>> rows = new ArrayList<>();
        int longest = 0;
        for (Step step : batch) {
            rows.add(new ArrayList<>());
            longest = Math.max(longest, step.size());
        }
        for (int position = 0; position < longest; position++) {
            List<Step> column = new ArrayList<>();
            List<List<Logits>> targets = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                if (position < batch.get(i).size()) {
                    column.add(Step.of(batch.get(i).session(), batch.get(i).tokens()[position]));
                    targets.add(rows.get(i));
                }
            }
            List<Logits> results = forward(column);
            for (int i = 0; i < targets.size(); i++) {
                float[] values = results.get(i).toArray();
                targets.get(i).add(Logits.of(Arrays.copyOf(values, values.length)));
            }
        }
        return rows;
    }

    /**
     * As {@link #forwardEach}, with trees of tokens in place of rows of them: to verify several drafts that begin alike.
     *
     * <p>This default reads each branch by a {@linkplain Session#fork copy} of the session, in one call of {@link #forwardEach} for each level of branches; a
     * tree without branches takes one call and no copy. Models that can read all nodes in one pass, each of which sees the session and the nodes on the way to it,
     * override it.
     *
     * @param batch at least one tree, behind distinct sessions, each opened by this model
     * @return for each tree, in the order of the batch, what was read. A path must be kept of each before its session is used again
     * @throws ModelException as for {@link #forward}; a session must have room for the longest path, and an engine may ask for room for all nodes. What holds for
     *     sessions after a pass that fails holds here, too
     */
    default List<ReadTree> forwardTree(List<TreeStep> batch) {
        return ForkedTrees.read(this, batch);
    }

    /** Whether {@link #forwardTree} reads all nodes in one pass, so that trees with branches are worth their nodes; false by default. */
    default boolean readsTreesAtOnce() {
        return false;
    }

    /** A short name for messages and reports, such as the name of the model's directory. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Frees the weights and all sessions. Further calls are harmless. */
    @Override
    void close();
}
