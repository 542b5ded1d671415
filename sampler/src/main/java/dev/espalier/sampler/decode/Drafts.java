// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.decode;

import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.sampler.constraint.ForcedTokens;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The drafts of one sequence: tokens that the model reads in the same pass as the last one drawn, in the hope that they are what is drawn next. They
 * are copied from the prompt, or from the text. How long a draft is goes by what became of those before, by counts alone, so that the same text has
 * the same drafts on any machine. Used by the thread that leads.
 */
final class Drafts {

    private static final int FIRST_LENGTH = 4;
    private static final int LONGEST_PAUSE = 64;
    private static final int BYTES_OF_A_TOKEN = 8;

    private final PromptLookup lookup;
    private final ForcedTokens spelling;
    private final int longest;
    private int length = FIRST_LENGTH;
    private int misses;
    private int pause;

    /**
     * No draft yet.
     *
     * @param longest the most tokens of a draft
     */
    Drafts(DecodingTools tools, int[] prompt, int longest) {
        this.lookup = new PromptLookup(tools.vocabulary(), prompt);
        this.spelling = tools.forcedTokens();
        this.longest = longest;
    }

    /**
     * Tokens that are likely to come next, with where they lead.
     *
     * @param tokens the draft, of as many tokens as there are places
     * @param places constraints after each token
     */
    record Draft(int[] tokens, List<TokenConstraint> places) {

        static final Draft NONE = new Draft(new int[0], List.of());

        int size() {
            return tokens.length;
        }
    }

    /** The text has another token. */
    void add(int token) {
        lookup.add(token);
    }

    /**
     * A draft; empty where nothing is likely.
     *
     * @param from the place where it begins
     * @param most the most tokens
     */
    Draft next(TokenConstraint from, int most) {
        int wanted = Math.min(most, Math.min(length, longest));
        if (wanted <= 0) {
            return Draft.NONE;
        }
        byte[] bytes = lookup.next(BYTES_OF_A_TOKEN * (wanted + 1));
        int[] tokens = bytes.length == 0 ? Draft.NONE.tokens() : spelling.canonical(bytes);
        if (bytes.length > 0 && pause > 0) {
            pause--;
            return Draft.NONE;
        }
        return allowed(from, tokens, Math.min(wanted, tokens.length));
    }

    private static Draft allowed(TokenConstraint from, int[] tokens, int most) {
        List<TokenConstraint> places = new ArrayList<>();
        TokenConstraint place = from;
        while (places.size() < most) {
            place = place.fork();
            try {
                place.accept(tokens[places.size()]);
            } catch (InvalidTokenException other) {
                break;
            }
            if (place.isTerminated()) {
                break;
            }
            places.add(place);
        }
        return places.isEmpty() ? Draft.NONE : new Draft(Arrays.copyOf(tokens, places.size()), places);
    }

    /** Notes how many tokens of a draft were what was drawn. */
    void verified(int drafted, int right) {
        if (right == drafted) {
            length = Math.min(2 * Math.max(length, drafted), longest);
            misses = 0;
        } else if (right > 0) {
            length = right + 1;
            misses = 0;
        } else {
            length = Math.max(1, length / 2);
            misses++;
            pause = Math.min(LONGEST_PAUSE, (1 << Math.min(misses, 6)) - 1);
        }
    }
}
