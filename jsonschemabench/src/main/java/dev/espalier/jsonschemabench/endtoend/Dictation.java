// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A text that a model is made to write: the prompt before it, and for each byte of the text the token that comes there. The
 * tokens of the text read as a whole where these lead; elsewhere, as after forced text with a spelling of its own, the longest
 * token that fits. Immutable.
 */
final class Dictation {

    /** The tokens of a prompt that no other text has. */
    static final int PROMPT = 24;

    private static final long SHARED_SEED = -1;

    private final Vocabulary vocabulary;
    private final byte[] text;
    private final int[] prompt;
    private final int[] next;
    private final List<Integer> tokens;

    /**
     * A text.
     *
     * @param sharedPrompt how many tokens stand before those of the prompt, the same for all texts
     * @param seed decides the tokens of the prompt, whose meaning does not matter
     * @throws InvalidInputException if the tokenizer does not give the text back
     */
    Dictation(Vocabulary vocabulary, TextEncoder encoder, String written, int sharedPrompt, long seed) {
        this.vocabulary = vocabulary;
        this.text = written.getBytes(StandardCharsets.UTF_8);
        this.prompt = IntStream.concat(tokens(vocabulary, SHARED_SEED, sharedPrompt), tokens(vocabulary, seed, PROMPT))
                .toArray();
        this.next = new int[text.length + 1];
        Arrays.fill(next, -1);
        next[text.length] = vocabulary.endIds()[0];
        this.tokens = Arrays.stream(encoder.encode(written)).boxed().toList();
        int at = 0;
        for (int token : tokens) {
            if (!fits(token, at)) {
                throw new InvalidInputException("the tokenizer does not give back, byte for byte, the text " + written);
            }
            next[at] = token;
            at += vocabulary.bytes(token).length();
        }
        for (int i = 0; i < text.length; i++) {
            next[i] = next[i] < 0 ? longest(i) : next[i];
        }
    }

    private static IntStream tokens(Vocabulary vocabulary, long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.ints(0, vocabulary.size())
                .filter(id -> vocabulary.bytes(id).length() > 0)
                .limit(count);
    }

    private boolean fits(int token, int at) {
        ByteString bytes = vocabulary.bytes(token);
        if (bytes.length() == 0 || at + bytes.length() > text.length) {
            return false;
        }
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.at(i) != (text[at + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private int longest(int at) {
        int best = -1;
        for (int id = 0; id < vocabulary.size(); id++) {
            if (fits(id, at)
                    && (best < 0
                            || vocabulary.bytes(id).length()
                                    > vocabulary.bytes(best).length())) {
                best = id;
            }
        }
        return best;
    }

    /** The tokens that are read before the text; not to be modified. */
    int[] prompt() {
        return prompt;
    }

    /** The tokens of the text, its end not among them, as they are written without forced text. */
    List<Integer> tokens() {
        return tokens;
    }

    /** The token after so many bytes of the text; at its end an end token; past it the same. */
    int next(int bytes) {
        return next[Math.min(bytes, text.length)];
    }

    /** How many bytes of text a token is. */
    int bytes(int token) {
        return vocabulary.bytes(token).length();
    }
}
