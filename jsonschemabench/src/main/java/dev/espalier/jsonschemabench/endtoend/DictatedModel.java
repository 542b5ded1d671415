// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model that computes all its logits, of which one is then raised so that a given text comes of it: whoever decodes with
 * it, and however, has the same work and writes the same. Which text a sequence is of shows from its prompt.
 *
 * <p>Threads as for the model inside, which is not closed with this.
 */
final class DictatedModel implements LanguageModel {

    /** Above all logits that the models here give, yet so low that no other probability is cut to zero. */
    private static final float CERTAIN = 50;

    private final LanguageModel model;
    private final List<Dictation> dictations;

    DictatedModel(LanguageModel model, List<Dictation> dictations) {
        this.model = model;
        this.dictations = List.copyOf(dictations);
    }

    @Override
    public Vocabulary vocabulary() {
        return model.vocabulary();
    }

    @Override
    public TextEncoder encoder() {
        return model.encoder();
    }

    @Override
    public int contextLength() {
        return model.contextLength();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Session open() {
        return new Sequence(model.open());
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        List<Step> inner = new ArrayList<>();
        for (Step step : batch) {
            inner.add(Step.of(sequence(step).session, step.tokens()));
        }
        List<Logits> rows = model.forward(inner);
        List<Logits> raised = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Sequence sequence = sequence(batch.get(i));
            sequence.read(batch.get(i).tokens());
            float[] values = rows.get(i).toArray();
            int next = sequence.next();
            if (next >= 0) {
                values[next] = CERTAIN;
            }
            raised.add(Logits.of(values));
        }
        return raised;
    }

    private static Sequence sequence(Step step) {
        if (step.session() instanceof Sequence sequence) {
            return sequence;
        }
        throw new ModelException("a step's session was not opened by this model");
    }

    @Override
    public void close() {}

    /** A sequence that knows which text it is of, when it has read the prompt, and how much of it is written. */
    private final class Sequence implements Session {

        private final Session session;
        private final List<Integer> tokens = new ArrayList<>();
        private Optional<Dictation> dictation = Optional.empty();
        private int bytes;

        Sequence(Session session) {
            this.session = session;
        }

        void read(int[] more) {
            for (int token : more) {
                tokens.add(token);
                bytes += dictation.map(known -> known.bytes(token)).orElse(0);
                if (dictation.isEmpty()) {
                    dictation = dictations.stream().filter(this::isPrompt).findFirst();
                }
            }
        }

        private boolean isPrompt(Dictation each) {
            int[] prompt = each.prompt();
            return tokens.size() == prompt.length
                    && IntStream.range(0, prompt.length).allMatch(i -> tokens.get(i) == prompt[i]);
        }

        /** The token that is dictated; -1 within the prompt. */
        int next() {
            return dictation.map(known -> known.next(bytes)).orElse(-1);
        }

        private void readAgain(List<Integer> all) {
            tokens.clear();
            dictation = Optional.empty();
            bytes = 0;
            read(all.stream().mapToInt(Integer::intValue).toArray());
        }

        @Override
        public int length() {
            return session.length();
        }

        @Override
        public Session fork() {
            Sequence copy = new Sequence(session.fork());
            copy.readAgain(tokens);
            return copy;
        }

        @Override
        public void truncate(int length) {
            session.truncate(length);
            readAgain(List.copyOf(tokens.subList(0, length)));
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
