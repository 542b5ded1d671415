// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.encoder.model.TokenModel;
import dev.espalier.mask.encoder.split.Pieces;
import dev.espalier.mask.encoder.split.PreTokenizer;
import dev.espalier.mask.file.AddedToken;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.TextPiece;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A tokenizer in its steps: added tokens, normalizer, added tokens in normalized text, pre-tokenizers, model. */
final class TokenizerEncoder implements TextEncoder {

    private final AddedTokens plain;
    private final AddedTokens normalized;
    private final UnaryOperator<String> normalizer;
    private final List<PreTokenizer> preTokenizers;
    private final TokenModel model;

    TokenizerEncoder(
            List<AddedToken> added,
            UnaryOperator<String> normalizer,
            List<PreTokenizer> preTokenizers,
            TokenModel model) {
        // normalized control tokens are among the plain ones, too: in normalized text it is not known any more what is
        // trusted
        plain = new AddedTokens(added.stream()
                .filter(token -> !token.normalized() || token.special())
                .toList());
        normalized = new AddedTokens(added.stream()
                .filter(AddedToken::normalized)
                .map(token -> new AddedToken(
                        token.id(),
                        normalizer.apply(token.text()),
                        token.special(),
                        true,
                        token.leftStrip(),
                        token.rightStrip(),
                        token.singleWord()))
                .toList());
        this.normalizer = normalizer;
        this.preTokenizers = List.copyOf(preTokenizers);
        this.model = model;
    }

    @Override
    public int[] encode(String text) {
        return encode(text, new TrustedRuns(text.length(), false));
    }

    @Override
    public int[] encode(List<TextPiece> pieces) {
        String text = pieces.stream().map(TextPiece::text).collect(Collectors.joining());
        return encode(text, new TrustedRuns(pieces));
    }

    private int[] encode(String text, TrustedRuns runs) {
        String valid = wellFormed(text);
        IntList tokens = new IntList();
        Pieces words = model.into(tokens);
        Pieces inner = steps(words, false);
        plain.cut(valid, runs, token -> !token.normalized() || runs.isMixed(), new AddedTokens.Cut() {
            @Override
            public void text(int from, int to) {
                boolean trusted = runs.isTrusted(0) && !runs.isMixed();
                normalized(valid.substring(from, to), trusted, from == 0 ? steps(words, true) : inner, inner, tokens);
            }

            @Override
            public void token(int id) {
                tokens.add(id);
            }
        });
        return tokens.toArray();
    }

    private void normalized(String part, boolean trusted, Pieces first, Pieces others, IntList tokens) {
        String text = normalizer.apply(part);
        normalized.cut(text, new TrustedRuns(text.length(), trusted), token -> true, new AddedTokens.Cut() {
            @Override
            public void text(int from, int to) {
                (from == 0 ? first : others).accept(text, from, to);
            }

            @Override
            public void token(int id) {
                tokens.add(id);
            }
        });
    }

    private Pieces steps(Pieces words, boolean atStart) {
        Pieces result = words;
        for (int i = preTokenizers.size() - 1; i >= 0; i--) {
            result = preTokenizers.get(i).into(result, atStart);
        }
        return result;
    }

    /** The text with U+FFFD for each lone surrogate, which UTF-8 cannot write. */
    private static String wellFormed(String text) {
        if (text.codePoints().noneMatch(TokenizerEncoder::isSurrogate)) {
            return text;
        }
        StringBuilder valid = new StringBuilder(text.length());
        text.codePoints().map(c -> isSurrogate(c) ? 0xfffd : c).forEach(valid::appendCodePoint);
        return valid.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
