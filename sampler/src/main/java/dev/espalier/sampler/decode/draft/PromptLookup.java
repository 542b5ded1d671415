// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.Arrays;

/**
 * Guesses how a text goes on: as the prompt, or the text itself, went on where it had the same bytes as the text has at its end. So values that
 * are copied out of a prompt are found, whatever tokens spell them there. One thread at a time. Memory: 5 bytes and 1 a byte of prompt and text.
 */
public final class PromptLookup {

    /** Fewer common bytes are no hint. */
    public static final int LEAST = 3;

    private static final int MOST = 32;
    private static final int TRIES = 32;
    private static final int BUCKETS = 1 << 12;
    private static final byte[] NOTHING = {};

    private final Vocabulary vocabulary;
    private byte[] bytes;
    private int[] before;
    private int size;
    private final int[] latest = new int[BUCKETS];

    /** What follows from a prompt. Cost: linear in its bytes. */
    public PromptLookup(Vocabulary vocabulary, int[] prompt) {
        this.vocabulary = vocabulary;
        this.bytes = new byte[8 * prompt.length + 64];
        this.before = new int[bytes.length];
        Arrays.fill(latest, -1);
        for (int token : prompt) {
            add(token);
        }
    }

    /** The text has another token. */
    public void add(int token) {
        byte[] more = vocabulary.bytes(token).toByteArray();
        if (size + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (size + more.length));
            before = Arrays.copyOf(before, bytes.length);
        }
        for (byte one : more) {
            bytes[size++] = one;
            if (size >= LEAST) {
                int bucket = bucket(size);
                before[size - 1] = latest[bucket];
                latest[bucket] = size;
            }
        }
    }

    /** The bucket of the bytes before a place. */
    private int bucket(int end) {
        int hash = (bytes[end - 1] & 255) | (bytes[end - 2] & 255) << 8 | (bytes[end - 3] & 255) << 16;
        return hash * 0x9E3779B1 >>> 20;
    }

    /**
     * The bytes that may come next, from where the most bytes before are the same, of equally many the latest.
     *
     * @param most how many at most
     * @return none if nothing is alike
     */
    public byte[] next(int most) {
        int best = LEAST - 1;
        int place = -1;
        int tries = TRIES;
        for (int end = size < LEAST ? -1 : before[size - 1]; end > 0 && tries > 0; end = before[end - 1], tries--) {
            int common = common(end);
            if (common > best) {
                best = common;
                place = end;
            }
        }
        return place < 0 ? NOTHING : Arrays.copyOfRange(bytes, place, Math.min(size, place + most));
    }

    /** How many bytes before a place are those at the end. */
    private int common(int end) {
        int common = 0;
        while (common < MOST && common < end && bytes[end - 1 - common] == bytes[size - 1 - common]) {
            common++;
        }
        return common;
    }
}
