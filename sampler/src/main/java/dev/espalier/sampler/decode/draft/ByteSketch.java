// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode.draft;

import dev.espalier.core.ByteString;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.constraint.Utf8Stream;
import dev.espalier.sampler.draw.LikeliestTokens;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a draft model with other tokens writes: it reads the bytes of prompt and text in its own spelling, and takes the likeliest of its tokens whose bytes may come
 * next. What it wrote is respelt in the tokens of the text.
 */
@FastPath(oracle = "ModelDraftsTest")
final class ByteSketch extends Sketch {

    private static final int[] NONE = {};

    /** So many of the likeliest tokens are tried. */
    private static final int TRIED = 8;

    private final DraftModel drafter;
    private final Vocabulary own;
    private final IntList target;
    private final int promptLength;
    private int @Nullable [] prompt;
    private byte[] text = {};
    private int taken;
    private int[] rest = NONE;
    private byte[] guess = {};

    /**
     * A sketch.
     *
     * @param target prompt and text, which grows
     * @param promptLength how many of these are the prompt
     */
    ByteSketch(DraftModel drafter, IntList target, int promptLength, DraftLength length) {
        super(drafter, length);
        this.drafter = drafter;
        this.own = drafter.model().vocabulary();
        this.target = target;
        this.promptLength = promptLength;
        this.taken = promptLength;
    }

    @Override
    int common() {
        guess = new byte[0];
        int[] start = start();
        while (taken < target.size()) {
            text = with(text, drafter.vocabulary().bytes(target.get(taken++)));
        }
        int kept = Math.min(start.length, held().size());
        int read = 0;
        if (kept == start.length) {
            for (; kept < held().size() && continues(read, own.bytes(held().get(kept))); kept++) {
                read += own.bytes(held().get(kept)).length();
            }
        }
        byte[] behind = Arrays.copyOfRange(text, read, text.length);
        int[] spelt = drafter.ownSpelling().canonical(behind);
        if (behind.length > 0 && (spelt.length == 0 || Utf8Stream.wholeCharacters(behind) < behind.length)) {
            return -1;
        }
        int missing = Math.max(0, start.length - kept);
        rest = Arrays.copyOf(Arrays.copyOfRange(start, start.length - missing, start.length), missing + spelt.length);
        System.arraycopy(spelt, 0, rest, missing, spelt.length);
        return kept;
    }

    private int[] start() {
        if (prompt == null) {
            int[] tokens = Arrays.copyOf(target.toArray(), promptLength);
            byte[] bytes = drafter.vocabulary().decode(tokens);
            prompt = drafter.model().encodePrompt(new String(bytes, StandardCharsets.UTF_8));
        }
        return prompt;
    }

    private boolean continues(int from, ByteString bytes) {
        boolean same = bytes.length() > 0 && from + bytes.length() <= text.length;
        for (int i = 0; same && i < bytes.length(); i++) {
            same = (text[from + i] & 255) == bytes.at(i);
        }
        return same;
    }

    @Override
    int[] rest(int kept) {
        return rest;
    }

    @Override
    int[] more(Logits logits) {
        for (int candidate : LikeliestTokens.ids(logits.toArray(), null, TRIED)) {
            if (own.isEnd(candidate)) {
                return NONE;
            }
            byte[] longer = with(guess, own.bytes(candidate));
            DraftTree tree = longer.length == guess.length ? null : spelt(longer);
            if (tree != null) {
                guess = longer;
                int[] forced = forced(tree);
                int[] read = Arrays.copyOf(new int[] {candidate}, 1 + forced.length);
                System.arraycopy(forced, 0, read, 1, forced.length);
                // the last token of a spelling may become another one with what comes behind
                return tree.size() > place().most() ? NONE : read;
            }
        }
        return NONE;
    }

    /** Adds what must come next to the guess, and returns its tokens; nothing if it cannot be spelt. */
    private int[] forced(DraftTree tree) {
        if (tree.size() == 0 || Utf8Stream.wholeCharacters(guess) < guess.length) {
            return NONE;
        }
        TokenConstraint end = tree.place(tree.size() - 1);
        int[] tokens = drafter.ownSpelling().canonical(end.forced());
        for (int token : tokens) {
            guess = with(guess, own.bytes(token));
        }
        return tokens;
    }

    /** A text in the tokens that are drafted for; null if the constraint does not allow it. */
    private @Nullable DraftTree spelt(byte[] bytes) {
        DraftTree tree = new DraftTree(place().constraint());
        int[] tokens = drafter.spelling().canonical(bytes);
        boolean whole = tokens.length > 0 || Utf8Stream.wholeCharacters(bytes) == 0;
        return whole && tree.addAll(tokens, tokens.length) == tokens.length ? tree : null;
    }

    @Override
    Draft made(DraftLength length) {
        DraftTree tree = new DraftTree(place().constraint());
        tree.addAll(drafter.spelling().canonical(guess), place().most());
        guess = new byte[0];
        return tree.draft(length);
    }

    private static byte[] with(byte[] bytes, ByteString more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length());
        for (int i = 0; i < more.length(); i++) {
            longer[bytes.length + i] = (byte) more.at(i);
        }
        return longer;
    }
}
