// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.vocabulary;

import dev.espalier.core.ByteString;
import dev.espalier.mask.file.AddedToken;
import dev.espalier.mask.file.TokenSpelling;
import dev.espalier.mask.file.TokenizerFile;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/** The vocabulary of a {@code tokenizer.json}: its tokens, and which bytes its decoder makes of each. */
final class TokenizerVocabulary {

    /** What families of models call the token that ends a text or a turn. */
    private static final Set<String> END_NAMES = Set.of(
            "<|end_of_text|>",
            "<|eot_id|>",
            "<|eom_id|>",
            "</s>",
            "<eos>",
            "<|endoftext|>",
            "<|im_end|>",
            "<end_of_turn>",
            "<|end|>",
            "<|return|>");

    private final TokenizerFile file;

    private TokenizerVocabulary(TokenizerFile file) {
        this.file = file;
    }

    /** The vocabulary of a file. */
    static Vocabulary of(TokenizerFile file) {
        Function<String, ByteString> spelling = new TokenizerVocabulary(file).spelling();
        Vocabulary.Builder builder = Vocabulary.builder();
        file.forEach((text, id) -> builder.token(id, spelling.apply(text)));
        for (AddedToken token : file.added()) {
            if (token.special()) {
                builder.special(token.id(), token.text());
            } else {
                builder.token(token.id(), spelling.apply(token.text())).name(token.id(), token.text());
            }
        }
        return builder.endIds(file.added().stream()
                        .filter(token -> token.special() && END_NAMES.contains(token.text()))
                        .mapToInt(AddedToken::id)
                        .toArray())
                .build();
    }

    private Function<String, ByteString> spelling() {
        String model = file.model().text("type").orElse("");
        if (model.equals("WordPiece")) {
            String prefix = file.step("decoder")
                    .flatMap(decoder -> decoder.text("prefix"))
                    .or(() -> file.model().text("continuing_subword_prefix"))
                    .orElse("##");
            return text -> wordPiece(text, prefix);
        }
        if (some((name, value) -> name.equals("type") && value.equals("ByteLevel"), "decoder", "pre_tokenizer")) {
            return TokenSpelling.BYTE_LEVEL::bytes;
        }
        boolean spaceMark = some(
                (name, value) -> value.equals("\u2581") || (name.equals("type") && value.equals("Metaspace")),
                "decoder",
                "pre_tokenizer",
                "normalizer");
        return spaceMark || file.model().flag("byte_fallback", false) || model.equals("Unigram")
                ? TokenSpelling.SENTENCE_PIECE::bytes
                : TokenSpelling.VERBATIM::bytes;
    }

    private boolean some(BiPredicate<String, String> test, String... steps) {
        return Stream.of(steps).map(file::step).flatMap(Optional::stream).anyMatch(step -> step.hasText(test));
    }

    /** A piece within a word as it stands without its prefix, one that begins a word with the space before it. */
    private static ByteString wordPiece(String text, String prefix) {
        boolean continues = !prefix.isEmpty() && text.startsWith(prefix);
        return TokenSpelling.VERBATIM.bytes(continues ? text.substring(prefix.length()) : " " + text);
    }
}
