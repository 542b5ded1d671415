// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.core.ByteString;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.mask.encoder.model.BytePairReader;
import dev.espalier.mask.encoder.split.Split;
import dev.espalier.mask.encoder.split.SplitBehavior;
import dev.espalier.mask.file.AddedToken;
import dev.espalier.mask.file.BoundedStream;
import dev.espalier.mask.pattern.PatternDialect;
import dev.espalier.mask.pattern.TextPattern;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tokens of a tiktoken file: on each line the bytes of a token in base64, a space and its rank, which is its id. Immutable and thread-safe. */
public final class TiktokenRanks {

    private final String source;

    /** Tokens by their bytes, each byte a character. */
    private final Map<String, Integer> tokens = new HashMap<>();

    private TiktokenRanks(String source) {
        this.source = source;
    }

    /**
     * Reads a file; closes the stream.
     *
     * @param name what the file is called in messages
     * @throws InvalidInputException if it cannot be read or a line is malformed
     * @throws LimitExceededException past {@link Limits#maxTokenizerBytes} or {@link Limits#maxTokenizerTokens}
     */
    public static TiktokenRanks read(InputStream ranks, String name, Limits limits) {
        TiktokenRanks read = new TiktokenRanks(name);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new BoundedStream(ranks, limits.maxTokenizerBytes(), name), StandardCharsets.US_ASCII))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty()) {
                    read.add(line, new Place(name, number, 1, "", ""), limits);
                }
                number++;
            }
        } catch (IOException failure) {
            throw new InvalidInputException(name + " cannot be read: " + failure.getMessage(), failure);
        }
        return read;
    }

    private void add(String line, Place place, Limits limits) {
        int space = line.indexOf(' ');
        try {
            byte[] bytes = Base64.getDecoder().decode(line.substring(0, Math.max(space, 0)));
            int rank = Integer.parseUnsignedInt(line.substring(space + 1).strip());
            if (rank < 0 || rank >= limits.maxTokenizerTokens()) {
                throw new LimitExceededException(
                        "maxTokenizerTokens", limits.maxTokenizerTokens(), Integer.toUnsignedLong(rank) + 1, place);
            }
            tokens.put(new String(bytes, StandardCharsets.ISO_8859_1), rank);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidInputException(place + ": expected a token in base64, a space and its rank", malformed);
        }
    }

    /**
     * The encoder with a pattern that cuts text into words.
     *
     * @param pattern a pattern in Rust's syntax, such as that of {@code cl100k_base}
     * @param special the special tokens by their spelling, which trusted text has
     * @throws UnsupportedFeatureException for what is not supported in a pattern
     */
    public TextEncoder encoder(String pattern, Map<String, Integer> special) {
        List<AddedToken> added = new ArrayList<>();
        special.forEach((text, id) -> added.add(AddedToken.plain(id, text, true)));
        TextPattern words = TextPattern.of(pattern, PatternDialect.RUST, new Place(source, 0, 0, "", ""));
        return new TokenizerEncoder(
                added,
                UnaryOperator.identity(),
                List.of(new Split(words, SplitBehavior.ISOLATED, false)),
                BytePairReader.byRank(tokens));
    }

    /**
     * The vocabulary.
     *
     * @param special the special tokens by their spelling
     * @param endIds the tokens that end a text
     * @throws InvalidInputException if there are no tokens, or an end token is none of them
     */
    public Vocabulary vocabulary(Map<String, Integer> special, int... endIds) {
        Vocabulary.Builder builder = Vocabulary.builder();
        tokens.forEach((text, id) -> builder.token(id, ByteString.of(text.getBytes(StandardCharsets.ISO_8859_1))));
        special.forEach((text, id) -> builder.special(id, text));
        return builder.endIds(endIds).build();
    }
}
