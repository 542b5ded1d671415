// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.ReadTree;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import dev.espalier.sampler.TreeStep;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A model some of whose special tokens are marks in what it writes, and so spell their names. Tokenizers keep {@code [TOOL_CALLS]} apart from all text; where a call begins with it, it is what the model
 * was trained to write.
 */
final class SpelledModel implements LanguageModel {

    private final LanguageModel model;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;

    private SpelledModel(LanguageModel model, int[] spelled) {
        this.model = model;
        this.vocabulary = model.vocabulary().withSpelled(spelled);
        Vocabulary names = model.vocabulary();
        int[] longestFirst = Arrays.stream(spelled)
                .boxed()
                .sorted(Comparator.comparingInt((Integer id) -> -names.text(id).length()))
                .mapToInt(Integer::intValue)
                .toArray();
        this.encoder = text -> encoded(text, longestFirst);
    }

    /** A model whose special tokens spell their names where those are marks; the model itself if there are none. */
    static LanguageModel of(LanguageModel model, Predicate<String> isMark) {
        Vocabulary vocabulary = model.vocabulary();
        int[] spelled = IntStream.range(0, vocabulary.size())
                .filter(id -> vocabulary.isSpecial(id) && !vocabulary.isEnd(id))
                .filter(id -> !vocabulary.text(id).isEmpty() && isMark.test(vocabulary.text(id)))
                .toArray();
        return spelled.length == 0 ? model : new SpelledModel(model, spelled);
    }

    private int[] encoded(String text, int[] spelled) {
        int first = -1;
        int place = text.length();
        for (int id : spelled) {
            int found = text.indexOf(model.vocabulary().text(id));
            if (found >= 0 && found < place) {
                first = id;
                place = found;
            }
        }
        if (first < 0) {
            return model.encoder().encode(text);
        }
        String name = model.vocabulary().text(first);
        IntStream before =
                IntStream.concat(Arrays.stream(model.encoder().encode(text.substring(0, place))), IntStream.of(first));
        return IntStream.concat(before, Arrays.stream(encoded(text.substring(place + name.length()), spelled)))
                .toArray();
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
    public int[] encodePrompt(String prompt) {
        return model.encodePrompt(prompt);
    }

    @Override
    public Optional<ModelTemplate> template() {
        return model.template();
    }

    @Override
    public int contextLength() {
        return model.contextLength();
    }

    @Override
    public Session open() {
        return model.open();
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        return model.forward(batch);
    }

    @Override
    public List<List<Logits>> forwardEach(List<Step> batch) {
        return model.forwardEach(batch);
    }

    @Override
    public List<ReadTree> forwardTree(List<TreeStep> batch) {
        return model.forwardTree(batch);
    }

    @Override
    public boolean readsTreesAtOnce() {
        return model.readsTreesAtOnce();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public void close() {
        model.close();
    }
}
