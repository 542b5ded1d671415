// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.testing.CountedTrials;
import dev.espalier.core.testing.RandomTrials;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.RandomGrammars;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Drafts, trees of drafts and resets, each against matchers that read token by token. */
class MatcherDraftsTest implements CountedTrials {

    private static final String ALPHABET = "aaabbc\"\n\u00e9\u65e5";
    private static final int TRIALS = 600;

    private int nodes;

    @RandomTrials(TRIALS)
    void treesHaveTheMasksOfMatchersThatReadThem(long seed, Random random) {
        Grammar grammar = new RandomGrammars(seed, RandomGrammars.Shape.SMALL).nextProductive();
        Vocabulary vocabulary = RandomVocabulary.complete(random, 50, ALPHABET, 1 + random.nextInt(6));
        try (GrammarCompiler compiler = new GrammarCompiler(vocabulary)) {
            Matcher matcher = compiler.compile(grammar).matcher();
            for (int i = random.nextInt(4); i > 0 && !mask(matcher).isEmpty(); i--) {
                matcher.accept(any(mask(matcher), random));
            }
            if (isDead(matcher)) {
                assertThrows(DeadEndException.class, () -> matcher.masks(new int[0], new int[0]));
                return;
            }
            int[] before = matcher.tokens();
            tree(matcher, random);
            draft(matcher, random);
            assertArrayEquals(before, matcher.tokens());
            matcher.reset();
            assertEquals(0, matcher.length());
            assertEquals(mask(compiler.compile(grammar).matcher()), mask(matcher));
        } catch (UnsupportedFeatureException refused) {
            nodes += 0;
        }
    }

    @Override
    public void afterTrials() {
        assertTrue(nodes >= TRIALS, "only " + nodes + " nodes that are allowed");
    }

    private static boolean isDead(Matcher matcher) {
        try {
            matcher.mask();
            return false;
        } catch (DeadEndException dead) {
            return true;
        }
    }

    /** The mask, empty in a dead end. */
    private static TokenMask mask(Matcher matcher) {
        return isDead(matcher) ? TokenMask.none(matcher.grammar().vocabulary().size()) : matcher.mask();
    }

    private static int any(TokenMask mask, Random random) {
        int[] allowed = mask.ids();
        return allowed[random.nextInt(allowed.length)];
    }

    /** A token that is allowed there, or now and then any other. */
    private static int token(Optional<Matcher> place, Random random) {
        TokenMask mask = place.map(MatcherDraftsTest::mask).orElse(TokenMask.none(1));
        return mask.isEmpty() || random.nextInt(4) == 0 ? random.nextInt(55) - 2 : any(mask, random);
    }

    private void tree(Matcher matcher, Random random) {
        List<Optional<Matcher>> places = new ArrayList<>(List.of(Optional.of(matcher)));
        int count = random.nextInt(8);
        int[] draft = new int[count];
        int[] parents = new int[count];
        for (int i = 0; i < count; i++) {
            int node = i;
            parents[i] = random.nextInt(i + 1) - 1;
            Optional<Matcher> parent = places.get(parents[i] + 1);
            draft[i] = token(parent, random);
            places.add(parent.flatMap(before -> read(before, draft[node])));
            nodes += places.get(i + 1).isPresent() ? 1 : 0;
        }
        TokenMask[] masks = matcher.masks(draft, parents);
        assertEquals(count + 1, masks.length);
        TokenMask none = TokenMask.none(matcher.grammar().vocabulary().size());
        for (int i = 0; i <= count; i++) {
            assertEquals(places.get(i).map(MatcherDraftsTest::mask).orElse(none), masks[i], "node " + (i - 1));
        }
        int[] more = new int[count + 1];
        assertThrows(InvalidInputException.class, () -> matcher.masks(draft, more));
        assertThrows(InvalidInputException.class, () -> matcher.masks(new int[] {0}, new int[] {0}));
    }

    private static Optional<Matcher> read(Matcher before, int token) {
        Matcher after = before.fork();
        try {
            after.accept(token);
            return Optional.of(after);
        } catch (InvalidTokenException refused) {
            return Optional.empty();
        }
    }

    private static void draft(Matcher matcher, Random random) {
        Optional<Matcher> place = Optional.of(matcher);
        int[] draft = new int[random.nextInt(6)];
        int valid = 0;
        for (int i = 0; i < draft.length; i++) {
            int token = token(place, random);
            draft[i] = token;
            place = place.flatMap(before -> read(before, token));
            valid += place.isPresent() ? 1 : 0;
        }
        assertEquals(valid, matcher.validate(draft));
    }
}
