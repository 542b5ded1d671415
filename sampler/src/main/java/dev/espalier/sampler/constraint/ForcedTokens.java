// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.core.ByteString;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.TokenTrie;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The canonical tokens of forced text, as far as they are certain.
 *
 * <p>Where forced text ends and a choice begins, its last canonical token is not certain: after {@code "name":"} the
 * tokenizer may have one token for the closing quote and what follows it. So the last token is committed only if no token
 * that is allowed in its place begins with its bytes and goes on; otherwise it is left to the model, which sees all
 * spellings. Tokens before the last are committed as they are.
 *
 * <p>Nothing is committed where the encoder does not give the forced bytes back exactly. Thread-safe.
 */
@FastPath(oracle = "ForcedTokensTest")
public final class ForcedTokens {

    private static final int[] NONE = {};

    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final Map<Integer, int[]> longer = new ConcurrentHashMap<>();

    /** The spelling of a tokenizer, in the tokens of its model. */
    public ForcedTokens(Vocabulary vocabulary, TextEncoder encoder) {
        this.vocabulary = vocabulary;
        this.encoder = encoder;
    }

    /**
     * Moves a constraint over its forced text, as far as it can be closed within the budget then.
     *
     * @param remaining the most tokens to commit
     * @return the tokens that the constraint has accepted; may be none
     */
    public int[] commit(TokenConstraint constraint, int remaining) {
        int[] tokens = canonical(constraint.forced());
        if (tokens.length == 0) {
            return NONE;
        }
        TokenConstraint ahead = constraint.fork();
        int count = accepted(tokens, tokens.length, ahead, remaining);
        if (!ahead.canEndWithin(remaining - count)) {
            count = fitting(tokens, count, constraint.fork(), remaining);
        }
        for (int i = 0; i < count; i++) {
            constraint.accept(tokens[i]);
        }
        return Arrays.copyOf(tokens, count);
    }

    /** How many of the first tokens a constraint accepts, and has accepted afterwards. */
    private int accepted(int[] tokens, int most, TokenConstraint constraint, int remaining) {
        int count = 0;
        while (count < most
                && count < remaining
                && (count < tokens.length - 1 || isCertain(tokens[count], constraint, remaining - count))
                && accept(constraint, tokens[count])) {
            count++;
        }
        return count;
    }

    /** After how many of the first tokens, at most, the rest of the budget is enough: canonical spellings may be long. */
    private static int fitting(int[] tokens, int most, TokenConstraint constraint, int remaining) {
        int fitting = 0;
        for (int count = 1; count <= most; count++) {
            constraint.accept(tokens[count - 1]);
            fitting = constraint.canEndWithin(remaining - count) ? count : fitting;
        }
        return fitting;
    }

    /** The canonical tokens of a text, without a character that is cut off at its end; none where they do not give its bytes back exactly. */
    public int[] canonical(byte[] forced) {
        byte[] whole = Arrays.copyOf(forced, Utf8Stream.wholeCharacters(forced));
        if (whole.length == 0) {
            return NONE;
        }
        int[] tokens = encoder.encode(new String(whole, StandardCharsets.UTF_8));
        int at = 0;
        for (int token : tokens) {
            ByteString bytes = vocabulary.bytes(token);
            for (int i = 0; i < bytes.length(); i++, at++) {
                if (at == whole.length || (whole[at] & 0xff) != bytes.at(i)) {
                    return NONE;
                }
            }
            if (bytes.length() == 0) {
                return NONE;
            }
        }
        return at == whole.length ? tokens : NONE;
    }

    private boolean isCertain(int token, TokenConstraint constraint, int remaining) {
        int[] candidates = longer.computeIfAbsent(token, this::longerThan);
        if (candidates.length == 0) {
            return true;
        }
        if (!constraint.canEndWithin(remaining)) {
            return false; // the tokens before were too many: canonical spellings may be longer than the budget
        }
        TokenMask mask = constraint.mask(remaining);
        if (constraint.undecided() > 0) {
            return false;
        }
        for (int candidate : candidates) {
            if (mask.allows(candidate)) {
                return false;
            }
        }
        return true;
    }

    /** The tokens that begin with the bytes of a token and go on. Cost: a walk down the vocabulary's trie, once a token. */
    int[] longerThan(int token) {
        TokenTrie trie = vocabulary.trie();
        ByteString prefix = vocabulary.bytes(token);
        int node = 0;
        int end = trie.nodeCount();
        for (int i = 0; i < prefix.length(); i++) {
            int label = (i + 1) << 8 | prefix.at(i);
            while (node < end && trie.label(node) != label) {
                node = trie.end(node);
            }
            if (node >= end) {
                return NONE;
            }
            end = trie.end(node);
            node++;
        }
        return Arrays.copyOfRange(trie.tokens(), trie.firstToken(node), trie.firstToken(end));
    }

    private static boolean accept(TokenConstraint constraint, int token) {
        try {
            constraint.accept(token);
            return true;
        } catch (InvalidTokenException spelling) {
            // the bytes are forced, but not this spelling: leave it to the mask
            return false;
        }
    }
}
