// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.digest;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Hashes all that a matcher says along texts: masks, verdicts of single tokens, forced bytes, whether the text may end; and, by
 * themselves, distances and masks under a budget. After a text, or without one, it walks at random under the mask.
 */
final class MaskTrace {

    /** Where masks under a budget are asked for: they cost many times what others do. */
    private static final Set<Integer> BUDGETED = Set.of(3, 20);

    /** Bytes of JSON's own and of what grammars are mostly made of. */
    private static final String COMMON = "{}[]\":,0123456789.-+eE \n()<>/*=truefalsnabcx\\";

    private static final int COMMON_LENGTH = 4;

    private final Vocabulary vocabulary;
    private final TextTokens texts;
    private final int[] common;
    private final int budgets;
    private final int every;
    private int asked;

    /**
     * For one vocabulary.
     *
     * @param budgets one walk of so many asks for distances and masks under a budget; 0 for none
     * @param every of these questions one of so many is for a mask
     */
    MaskTrace(Vocabulary vocabulary, int budgets, int every) {
        this.budgets = budgets;
        this.every = every;
        this.vocabulary = vocabulary;
        this.texts = new TextTokens(vocabulary);
        this.common = IntStream.range(0, vocabulary.size())
                .filter(id -> isCommon(vocabulary, id))
                .toArray();
    }

    private static boolean isCommon(Vocabulary vocabulary, int id) {
        String text = vocabulary.text(id);
        return !vocabulary.isSpecial(id)
                && !text.isEmpty()
                && text.length() <= COMMON_LENGTH
                && text.chars().allMatch(c -> COMMON.indexOf(c) >= 0);
    }

    /** The vocabulary whose masks are hashed. */
    Vocabulary vocabulary() {
        return vocabulary;
    }

    /**
     * Hashes of one walk.
     *
     * @param masks of masks, verdicts and forced bytes; with the code of the error that ended the walk, if one did
     * @param budgets of distances and masks under a budget
     */
    record Hashes(String masks, String budgets) {

        /** What stands for a grammar that is not there. */
        static Hashes of(RuntimeException error) {
            return new Hashes("error:" + code(error), "-");
        }
    }

    /** The name of an error, as it stands in tables. */
    static String code(RuntimeException error) {
        if (error instanceof LimitExceededException limit) {
            return limit.limit();
        }
        return error instanceof EspalierException known
                ? known.code()
                : error.getClass().getSimpleName();
    }

    /** Follows several texts, each from the start, with the number of the text as the seed. */
    Hashes walks(CompiledGrammar grammar, List<String> texts, int most) {
        StringBuilder masks = new StringBuilder();
        StringBuilder budgeted = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            Hashes hashes = walk(grammar, texts.get(i), most, new Random(i));
            masks.append(i == 0 ? "" : " ").append(hashes.masks);
            budgeted.append(i == 0 ? "" : " ").append(hashes.budgets);
        }
        return new Hashes(masks.toString(), budgeted.toString());
    }

    /**
     * Follows a text as far as it is allowed, then random tokens.
     *
     * @param text may be empty
     * @param most how many tokens at most
     */
    Hashes walk(CompiledGrammar grammar, String text, int most, Random random) {
        boolean asks = budgets > 0 && random.nextInt(budgets) == 0;
        int[] follow = texts.of(text.getBytes(StandardCharsets.UTF_8), most, random);
        Matcher matcher = grammar.matcher();
        BitHash masks = new BitHash();
        BitHash budgeted = masks.sibling();
        String error = "";
        String budgetError = "";
        boolean follows = true;
        try {
            for (int step = 0; step < most && !matcher.isTerminated(); step++) {
                TokenMask mask = look(matcher, masks, random);
                if (asks && budgetError.isEmpty() && BUDGETED.contains(step)) {
                    budgetError = budget(matcher, budgeted, random);
                }
                if (mask.isEmpty()) {
                    break;
                }
                follows &= step < follow.length && matcher.allows(follow[step]);
                int token = follows ? follow[step] : choose(mask, random);
                masks.add(token);
                matcher.accept(token);
            }
        } catch (EspalierException | IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            error = "!" + code(e);
        }
        return new Hashes(masks + error, budgeted + budgetError);
    }

    private TokenMask look(Matcher matcher, BitHash masks, Random random) {
        TokenMask mask = matcher.mask();
        masks.add(mask);
        masks.add(matcher.isAccepting() ? 1 : 0);
        masks.add(matcher.forced());
        int some = random.nextInt(vocabulary.size());
        masks.add(matcher.allows(some) ? 1 : 0);
        masks.add(matcher.allows(common[some % common.length]) ? 1 : 0);
        return mask;
    }

    /** Adds what is said under a budget; the error's name, or nothing. */
    private String budget(Matcher matcher, BitHash budgets, Random random) {
        int spare = 1 + random.nextInt(8);
        try {
            int distance = matcher.leastBytesToEnd();
            budgets.add(distance);
            if (++asked % every == 0) {
                budgets.add(matcher.exactMask(distance + spare));
            }
            return "";
        } catch (EspalierException | IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            return "!" + code(e);
        }
    }

    /** A token of common characters, as a rule; else any that is allowed. */
    private int choose(TokenMask mask, Random random) {
        int start = random.nextInt(common.length);
        boolean likely = random.nextInt(4) > 0;
        int any = random.nextInt(vocabulary.size());
        if (likely) {
            for (int i = 0; i < common.length; i++) {
                int token = common[(start + i) % common.length];
                if (mask.allows(token)) {
                    return token;
                }
            }
        }
        for (int i = 0; i < vocabulary.size(); i++) {
            int token = (any + i) % vocabulary.size();
            if (mask.allows(token)) {
                return token;
            }
        }
        throw new IllegalArgumentException("an empty mask");
    }
}
