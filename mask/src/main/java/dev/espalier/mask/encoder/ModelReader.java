// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.encoder.model.BytePairReader;
import dev.espalier.mask.encoder.model.ByteTokens;
import dev.espalier.mask.encoder.model.TokenModel;
import dev.espalier.mask.encoder.model.UnigramModel;
import dev.espalier.mask.encoder.model.Unknown;
import dev.espalier.mask.encoder.model.WordLevelModel;
import dev.espalier.mask.encoder.model.WordPieceModel;
import dev.espalier.mask.file.AddedToken;
import dev.espalier.mask.file.JsonTree;
import dev.espalier.mask.file.TokenizerFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the {@code model} of a {@code tokenizer.json}. */
final class ModelReader {

    private final TokenizerFile file;
    private final JsonTree settings;
    private final Map<String, Integer> vocabulary;
    private final Set<Integer> control;

    private ModelReader(TokenizerFile file) {
        this.file = file;
        this.settings = file.model();
        this.vocabulary = file.vocabulary();
        this.control = file.added().stream()
                .filter(AddedToken::special)
                .map(AddedToken::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The model of a file; {@code byteLevel} if its words come in bytes. */
    static TokenModel read(TokenizerFile file, boolean byteLevel) {
        ModelReader reader = new ModelReader(file);
        if (reader.vocabulary.isEmpty()) {
            throw new InvalidInputException(
                    file.name() + " has no vocabulary; expected a Hugging Face tokenizer.json with model.vocab");
        }
        String type = reader.settings.text("type").orElseGet(reader::guessedType);
        if (byteLevel && !type.equals("BPE")) {
            throw reader.settings.refused("ByteLevel", "ByteLevel with a " + type + " model is not supported");
        }
        return switch (type) {
            case "BPE" -> reader.bytePairs(byteLevel);
            case "Unigram" -> reader.unigram();
            case "WordPiece" -> reader.wordPiece();
            case "WordLevel" -> new WordLevelModel(reader.readable(), reader.unknown(Optional.of("<unk>")));
            default -> throw reader.settings.refused(type, "the model " + type + " is not supported");
        };
    }

    /** Old files do not name their models. */
    private String guessedType() {
        return file.merges().isEmpty() ? "Unigram" : "BPE";
    }

    private TokenModel bytePairs(boolean byteLevel) {
        if (settings.number("dropout").orElse(0.0) > 0) {
            throw settings.refused("dropout", "the tokens of a text would not always be the same");
        }
        Unknown unknown = new Unknown(unknown(Optional.empty()), settings.flag("fuse_unk", false));
        boolean ignores = settings.flag("ignore_merges", false);
        String prefix = settings.text("continuing_subword_prefix").orElse("");
        String suffix = settings.text("end_of_word_suffix").orElse("");
        BytePairReader reader = new BytePairReader(file.name(), vocabulary, control);
        if (prefix.isEmpty() && suffix.isEmpty()) {
            return byteLevel
                    ? reader.overBytes(file.merges(), unknown, ignores)
                    : reader.overCharacters(file.merges(), unknown, ignores, settings.flag("byte_fallback", false));
        }
        if (byteLevel || settings.flag("byte_fallback", false)) {
            throw settings.refused(
                    prefix.isEmpty() ? "end_of_word_suffix" : "continuing_subword_prefix",
                    "a prefix or a suffix of pieces is not supported together with bytes");
        }
        return reader.withAffixes(file.merges(), unknown, ignores, prefix, suffix);
    }

    private TokenModel unigram() {
        double[] scores = file.scores();
        if (vocabulary.values().stream().anyMatch(id -> id >= scores.length)) {
            throw settings.wrong("vocab", "a list of tokens with their scores");
        }
        int unknown = settings.index("unk_id", scores.length).orElse(-1);
        boolean fallback = settings.flag("byte_fallback", false);
        Optional<int[]> bytes = fallback ? Optional.of(ByteTokens.named(vocabulary)) : Optional.empty();
        Set<Integer> hidden = new HashSet<>(control);
        hidden.add(unknown);
        bytes.ifPresent(ids -> {
            for (int id : ids) {
                hidden.add(id);
            }
        });
        return new UnigramModel(vocabulary, scores, id -> !hidden.contains(id), bytes, unknown, file.name());
    }

    private TokenModel wordPiece() {
        int longest = settings.number("max_input_chars_per_word").orElse(100.0).intValue();
        String prefix = settings.text("continuing_subword_prefix").orElse("##");
        int most = vocabulary.keySet().stream().mapToInt(String::length).max().orElse(1);
        return new WordPieceModel(readable(), prefix, longest, unknown(Optional.of("[UNK]")), most);
    }

    private Map<String, Integer> readable() {
        Map<String, Integer> readable = new HashMap<>(vocabulary);
        readable.values().removeAll(control);
        return readable;
    }

    /** The unknown token, or -1 if there is none. */
    private int unknown(Optional<String> otherwise) {
        Optional<String> name = settings.text("unk_token").or(() -> otherwise);
        if (name.isPresent()
                && !vocabulary.containsKey(name.get())
                && settings.text("unk_token").isPresent()) {
            throw settings.wrong("unk_token", "a token of the vocabulary");
        }
        return name.map(text -> vocabulary.getOrDefault(text, -1)).orElse(-1);
    }
}
