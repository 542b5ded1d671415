package dev.espalier.jsonschemabench.hostile;

import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.Arrays;
import java.util.List;

/** A model that writes given tokens and then gives the same logits for ever. */
final class ScriptedModel implements LanguageModel {

    /** What sessions hold before any text. */
    static final int[] PROMPT = {0};

    private final Vocabulary vocabulary;
    private final int[] script;
    private final float[] logits;

    /**
     * A model.
     *
     * @param script the tokens of the text that it writes first
     * @param logits what it gives from then on; any number of them
     */
    ScriptedModel(Vocabulary vocabulary, int[] script, float[] logits) {
        this.vocabulary = vocabulary;
        this.script = script;
        this.logits = logits;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public TextEncoder encoder() {
        return text -> new int[0];
    }

    @Override
    public int contextLength() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Session open() {
        return new Tape(0);
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        return batch.stream().map(this::forward).toList();
    }

    private Logits forward(Step step) {
        if (!(step.session() instanceof Tape tape)) {
            throw new IllegalArgumentException("a session of another model");
        }
        tape.length += step.size();
        int written = tape.length - PROMPT.length;
        if (written >= script.length) {
            return Logits.of(logits);
        }
        float[] certain = new float[vocabulary.size()];
        Arrays.fill(certain, Float.NEGATIVE_INFINITY);
        certain[script[written]] = 0;
        return Logits.of(certain);
    }

    @Override
    public void close() {}

    /** A sequence: only its length matters. */
    private static final class Tape implements Session {

        private int length;

        Tape(int length) {
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public Session fork() {
            return new Tape(length);
        }

        @Override
        public void truncate(int newLength) {
            length = newLength;
        }

        @Override
        public void close() {}
    }
}
