// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.encoder.model.BytePairReader;
import dev.espalier.mask.encoder.model.TokenModel;
import dev.espalier.mask.encoder.model.Unknown;
import dev.espalier.mask.file.AddedToken;
import dev.espalier.mask.file.TokenSpelling;
import dev.espalier.mask.file.TokenizerFile;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The tokenizer of a GGUF file, from the metadata under {@code tokenizer.ggml}.
 *
 * @param source the name of the file, for messages
 * @param model {@code gpt2} (byte-level pairs) or {@code llama} (SentencePiece pairs by score)
 * @param pre the name of the pre-tokenizer, such as {@code llama-bpe}; without meaning for {@code llama}
 * @param tokens the texts of the tokens, by id
 * @param scores the scores, by id; empty for {@code gpt2}
 * @param types 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte, by id; empty if all are normal
 * @param merges pairs with a space between their parts, best first; empty for {@code llama}
 * @param addsSpace whether a space is put before a text ({@code add_space_prefix}), for {@code llama}
 */
public record GgufTokenizer(
        String source,
        String model,
        String pre,
        List<String> tokens,
        float[] scores,
        int[] types,
        List<String> merges,
        boolean addsSpace) {

    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;

    /**
     * Checks the arrays.
     *
     * @throws InvalidInputException if there are no tokens, or arrays have other lengths
     * @throws UnsupportedFeatureException for models other than {@code gpt2} and {@code llama}
     */
    public GgufTokenizer {
        tokens = List.copyOf(tokens);
        scores = scores.clone();
        types = types.clone();
        merges = List.copyOf(merges);
        if (!model.equals("gpt2") && !model.equals("llama")) {
            throw new UnsupportedFeatureException(
                    model,
                    "the tokenizer " + model + " is not supported; expected gpt2 or llama",
                    new Place(source, 0, 0, "tokenizer.ggml.model", ""));
        }
        boolean scored = model.equals("gpt2") || scores.length == tokens.size();
        if (tokens.isEmpty() || !scored || (types.length > 0 && types.length != tokens.size())) {
            throw new InvalidInputException(source + ": tokenizer.ggml has " + tokens.size() + " tokens, "
                    + scores.length + " scores and " + types.length + " types; expected as many of each");
        }
    }

    /**
     * The encoder. Cost: as {@link TextEncoders#read}.
     *
     * @throws UnsupportedFeatureException for pre-tokenizers that are unknown
     * @throws InvalidInputException if a merge needs a token that does not exist
     */
    public TextEncoder encoder() {
        List<AddedToken> added = new ArrayList<>();
        Map<String, Integer> vocabulary = new HashMap<>();
        Set<Integer> control = new HashSet<>();
        int unknown = -1;
        for (int id = 0; id < tokens.size(); id++) {
            int type = type(id);
            vocabulary.putIfAbsent(tokens.get(id), id);
            if (type == CONTROL || type == UNKNOWN || type == USER_DEFINED) {
                added.add(AddedToken.plain(id, tokens.get(id), type != USER_DEFINED));
            }
            if (type != NORMAL && type != USER_DEFINED) {
                control.add(id);
            }
            unknown = type == UNKNOWN ? id : unknown;
        }
        return model.equals("gpt2")
                ? bytePairs(added, vocabulary, control)
                : sentencePieces(added, vocabulary, control, new Unknown(unknown, true));
    }

    private TextEncoder bytePairs(List<AddedToken> added, Map<String, Integer> vocabulary, Set<Integer> control) {
        List<String> pairs = new ArrayList<>();
        merges.forEach(pair -> TokenizerFile.addPair(pairs, pair, source));
        TokenModel pairModel = new BytePairReader(source, vocabulary, control)
                .overBytes(pairs, new Unknown(-1, false), PublishedPatterns.ignoresMerges(pre));
        Place place = new Place(source, 0, 0, "tokenizer.ggml.pre", "");
        return new TokenizerEncoder(added, UnaryOperator.identity(), PublishedPatterns.of(pre, place), pairModel);
    }

    private TextEncoder sentencePieces(
            List<AddedToken> added, Map<String, Integer> vocabulary, Set<Integer> control, Unknown unknown) {
        String before = addsSpace ? "\u2581" : "";
        return new TokenizerEncoder(
                added,
                text -> before + text.replace(' ', '\u2581'),
                List.of(),
                BytePairReader.byScore(vocabulary, control, scores, unknown));
    }

    /**
     * The vocabulary: control and unknown tokens are special, unused ones holes, user-defined ones ordinary tokens that grammars may name.
     *
     * @param endIds the tokens that end a text
     * @throws InvalidInputException if an end token is none of the tokens
     */
    public Vocabulary vocabulary(int... endIds) {
        TokenSpelling spelling = model.equals("gpt2") ? TokenSpelling.BYTE_LEVEL : TokenSpelling.SENTENCE_PIECE;
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < tokens.size(); id++) {
            String text = tokens.get(id);
            switch (type(id)) {
                case UNKNOWN, CONTROL -> builder.special(id, text);
                case UNUSED -> builder.hole(id);
                case USER_DEFINED -> builder.token(id, ByteString.utf8(text)).name(id, text);
                default -> builder.token(id, spelling.bytes(text));
            }
        }
        return builder.endIds(endIds).build();
    }

    private int type(int id) {
        return types.length == 0 ? NORMAL : types[id];
    }
}
