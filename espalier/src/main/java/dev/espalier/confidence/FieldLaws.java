// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The laws of the fields of a text that a model wrote. One thread at a time; each question walks anew. Tokens that were written are read once while the tree
 * remembers them.
 */
public final class FieldLaws {

    private final TokenTree tree;
    private final Vocabulary vocabulary;
    private final boolean isJson;
    private final int[] tokens;
    private final byte[] text;
    private final int start;
    private final byte[] answer;
    private final List<Prefix> written = new ArrayList<>();
    private final int[] ends;

    /**
     * The laws of a text.
     *
     * @param tree the texts that might have been written
     * @param tokens the text that was written, a whole one, without an end token
     * @param start where the answer begins, in bytes: behind the reasoning before it
     * @param isJson whether the answer is JSON; else the only field is the answer itself
     */
    public FieldLaws(TokenTree tree, Vocabulary vocabulary, int[] tokens, int start, boolean isJson) {
        this.tree = Objects.requireNonNull(tree, "tree");
        this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
        this.tokens = tokens.clone();
        this.isJson = isJson;
        this.text = vocabulary.decode(tokens);
        this.start = start;
        this.answer = Arrays.copyOfRange(text, start, text.length);
        this.ends = new int[tokens.length];
        int end = 0;
        for (int i = 0; i < tokens.length; i++) {
            end += vocabulary.bytes(tokens[i]).length();
            ends[i] = end;
        }
    }

    /**
     * The confidence of one value, or of a key.
     *
     * @param pointer JSON pointer of the value; of a key that of its member
     * @throws InvalidInputException if there is none
     * @throws UnsupportedFeatureException if it is an object or an array
     */
    public Confidence of(String pointer, boolean isKey, ConfidenceOptions options) {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(options, "options");
        if (isJson) {
            FieldPlace place = FieldPlace.of(answer, pointer, isKey);
            return confidence(place, walk(place, options), options);
        }
        if (isKey || !pointer.isEmpty()) {
            throw new InvalidInputException(
                    "only outputs of a JSON Schema or a Java type have fields, and there is none at \"" + pointer
                            + "\"; the pointer \"\" is the whole text");
        }
        return confidence(FieldPlace.whole(), walk(FieldPlace.whole(), options), options);
    }

    /**
     * The confidence of all strings, numbers and literals, and of the keys in whose place something else could have come, in the order of the text.
     */
    public List<Confidence> all(ConfidenceOptions options) {
        Objects.requireNonNull(options, "options");
        List<Confidence> all = new ArrayList<>();
        for (FieldPlace place : isJson ? FieldPlace.of(answer) : List.of(FieldPlace.whole())) {
            FieldWalk walk = walk(place, options);
            if (!place.isKey() || !walk.isCertain()) {
                all.add(confidence(place, walk, options));
            }
        }
        return all;
    }

    private FieldWalk walk(FieldPlace place, ConfidenceOptions options) {
        int before = before(place);
        FieldWalk walk = new FieldWalk(tree, vocabulary, tokens, options);
        walk.run(written(before), nothing(place, before));
        return walk;
    }

    private Confidence confidence(FieldPlace place, FieldWalk walk, ConfidenceOptions options) {
        ByteString value = value(place);
        List<ValueProbability> alternatives = new ArrayList<>();
        for (ByteString other : walk.found()) {
            if (alternatives.size() < options.alternatives() && !other.equals(value)) {
                alternatives.add(walk.probability(other));
            }
        }
        return new Confidence(
                place.pointer(), place.isKey(), walk.probability(value), alternatives, walk.unseen(), walk.asked());
    }

    /** How many tokens are wholly before a place. */
    private int before(FieldPlace place) {
        int before = 0;
        while (before < tokens.length && ends[before] <= start + place.begin()) {
            before++;
        }
        return before;
    }

    /** The text before a value, after some tokens that are. */
    private ValueText nothing(FieldPlace place, int before) {
        int from = before == 0 ? 0 : ends[before - 1];
        byte[] first = Arrays.copyOfRange(text, from, start + place.begin());
        return isJson ? ValueText.json(first) : ValueText.plain(first);
    }

    /** The value that was written. */
    private ByteString value(FieldPlace place) {
        ByteString rest = ByteString.of(Arrays.copyOfRange(answer, place.begin(), answer.length));
        return ByteString.of((isJson ? ValueText.json(new byte[0]) : ValueText.plain(new byte[0]))
                .then(rest)
                .value());
    }

    /** The text of the first tokens. */
    private Prefix written(int count) {
        if (written.isEmpty()) {
            written.add(tree.root());
        }
        while (written.size() <= count) {
            int last = written.size() - 1;
            written.add(written.get(last).then(tokens[last]));
        }
        return written.get(count);
    }
}
