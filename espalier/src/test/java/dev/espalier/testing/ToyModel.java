// SPDX-License-Identifier: Apache-2.0
package dev.espalier.testing;

import dev.espalier.core.ByteString;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model whose logits are a hash of what was read: no two prefixes agree, and the end is likely where it is allowed. */
public final class ToyModel implements LanguageModel {

    private static final List<String> WORDS =
            List.of("{\"", "\":", "\":\"", "\",\"", "true", "false", "name", " the", "10", "ab");

    private final Vocabulary vocabulary;
    private final int end;
    private @Nullable ModelTemplate template;
    private int passes;
    private boolean closed;

    /** A model over all bytes, a few words and an end token. */
    public ToyModel() {
        this(List.of());
    }

    /** The same with special tokens that it likes to write. */
    public ToyModel(List<String> special) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        for (int i = 0; i < WORDS.size(); i++) {
            builder.token(256 + i, ByteString.utf8(WORDS.get(i)));
        }
        end = 256 + WORDS.size();
        for (int i = 0; i < special.size(); i++) {
            builder.special(end + 1 + i, special.get(i));
        }
        vocabulary = builder.special(end, "<end>").endIds(end).build();
    }

    /** The same with a chat template. */
    public ToyModel(String source) {
        this();
        template = new ModelTemplate(source, "toy.jinja", Map.of("bos_token", "<s>", "eos_token", "</s>"));
    }

    /** The same with a chat template, and another one for tools. */
    public ToyModel(String source, String toolUse) {
        this();
        template = new ModelTemplate(source, "toy.jinja", Map.of(), Optional.of(toolUse));
    }

    /** How many forward passes were made so far. */
    public int passes() {
        return passes;
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public TextEncoder encoder() {
        return text -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int[] tokens = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                tokens[i] = bytes[i] & 0xff;
            }
            return tokens;
        };
    }

    @Override
    public Optional<ModelTemplate> template() {
        return Optional.ofNullable(template);
    }

    @Override
    public int contextLength() {
        return 4096;
    }

    @Override
    public Session open() {
        return new Sequence(0, 1);
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        passes++;
        List<Logits> all = new ArrayList<>();
        for (Step step : batch) {
            all.add(((Sequence) step.session()).read(step.tokens()));
        }
        return all;
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Sequence implements Session {

        private final List<Long> hashes = new ArrayList<>();

        Sequence(int length, long hash) {
            for (int i = 0; i <= length; i++) {
                hashes.add(hash);
            }
        }

        Logits read(int[] tokens) {
            for (int token : tokens) {
                hashes.add((hashes.get(hashes.size() - 1) ^ token) * 0x9E3779B97F4A7C15L + 1);
            }
            float[] logits = new float[vocabulary.size()];
            long state = hashes.get(hashes.size() - 1);
            for (int id = 0; id < logits.length; id++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                logits[id] = (state >>> 40) / (float) (1 << 24) * 4;
            }
            logits[end] = 6;
            logits['"'] = 5;
            logits['}'] = 5;
            logits[']'] = 5;
            for (int id = end + 1; id < logits.length; id++) {
                logits[id] = 9;
            }
            return Logits.of(logits);
        }

        @Override
        public int length() {
            return hashes.size() - 1;
        }

        @Override
        public Session fork() {
            Sequence fork = new Sequence(0, 1);
            fork.hashes.clear();
            fork.hashes.addAll(hashes);
            return fork;
        }

        @Override
        public void truncate(int length) {
            hashes.subList(length + 1, hashes.size()).clear();
        }

        @Override
        public void close() {}

        @Override
        public String toString() {
            return Arrays.toString(hashes.toArray());
        }
    }
}
