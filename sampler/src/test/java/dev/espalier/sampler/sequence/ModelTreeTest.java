// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.HashModel;
import dev.espalier.sampler.ListedLanguage;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.TokenLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelTreeTest {

    private static final List<String> WORDS = List.of("000", "100", "101", "110", "111", "1010101", "0110");
    private static final Vocabulary VOCABULARY = Vocabulary.builder()
            .token(0, "0")
            .token(1, "1")
            .token(2, "10")
            .special(3, "</s>")
            .endIds(3)
            .build();

    private static ModelTree tree(HashModel model, SamplingParameters parameters) {
        return new ModelTree(model, new int[] {0}, new ListedLanguage(VOCABULARY, WORDS), parameters);
    }

    @Test
    void lawsAreTheModelsWhateverIsAskedWhen() {
        HashModel model = new HashModel(VOCABULARY, 9);
        HashTree exact = new HashTree(VOCABULARY, 9, WORDS);
        try (ModelTree tree = tree(model, SamplingParameters.MODEL)) {
            Random random = new Random(3);
            List<Prefix> known = new ArrayList<>(List.of(tree.root()));
            for (int i = 0; i < 300; i++) {
                List<Prefix> asked = new ArrayList<>();
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    asked.add(known.get(random.nextInt(known.size())));
                }
                List<TokenLaw> laws = tree.next(asked);
                for (int k = 0; k < asked.size(); k++) {
                    Prefix prefix = asked.get(k);
                    TokenLaw expected = exact.next(same(exact, prefix));
                    for (int id = 0; id < VOCABULARY.size(); id++) {
                        assertEquals(expected.of(id), laws.get(k).of(id), 1e-6);
                    }
                    int[] ids = prefix.mask().ids();
                    Prefix longer = prefix.then(ids[random.nextInt(ids.length)]);
                    if (!longer.isFinished()) {
                        known.add(longer);
                    }
                }
            }
        }
        assertEquals(0, model.openSessions());
    }

    private static Prefix same(HashTree exact, Prefix prefix) {
        Prefix at = exact.root();
        for (int token : prefix.tokens()) {
            at = at.then(token);
        }
        return at;
    }

    @Test
    void aTextThatGrowsIsReadOnce() {
        HashModel model = new HashModel(VOCABULARY, 9);
        try (ModelTree tree = tree(model, SamplingParameters.MODEL)) {
            Prefix at = tree.root();
            tree.next(at);
            for (int token : new int[] {1, 0, 1, 0, 1}) {
                at = at.then(token);
                tree.next(at);
            }
            assertEquals(6, model.tokensRead());
            assertEquals(6, tree.calls());
        }
    }

    @Test
    void filtersAndGreedinessAreRefused() {
        HashModel model = new HashModel(VOCABULARY, 9);
        assertThrows(InvalidInputException.class, () -> tree(model, SamplingParameters.MODEL.withTopK(3)));
        assertThrows(InvalidInputException.class, () -> tree(model, SamplingParameters.DEFAULT));
    }

    @Test
    void aModelThatFailsIsATypedErrorAndKeepsNoSession() {
        HashModel model = new HashModel(VOCABULARY, 9);
        try (ModelTree tree = tree(model, SamplingParameters.MODEL)) {
            tree.next(tree.root());
            model.fail(number -> number > 0);
            assertThrows(ModelException.class, () -> tree.next(tree.root().then(1)));
            assertEquals(1, model.openSessions());
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void aPromptThatCouldNotBeReadKeepsNoSession() {
        HashModel model = new HashModel(VOCABULARY, 9);
        try (ModelTree tree = tree(model, SamplingParameters.MODEL)) {
            model.fail(number -> true);
            assertThrows(ModelException.class, () -> tree.next(tree.root()));
            assertThrows(ModelException.class, () -> tree.next(tree.root()));
            assertEquals(0, model.openSessions());
            model.fail(number -> false);
            tree.next(tree.root());
            assertEquals(1, model.openSessions());
        }
        assertEquals(0, model.openSessions());
    }

    @Test
    void whatIsStillToBeContinuedIsNotGivenUpForRoom() {
        HashModel model = new HashModel(VOCABULARY, 9);
        try (ModelTree tree = tree(model, SamplingParameters.MODEL)) {
            Prefix zero = tree.root().then(0);
            Prefix one = tree.root().then(1);
            tree.next(List.of(zero, one, tree.root().then(2)));
            model.limit(model.openSessions());
            assertEquals(
                    3,
                    tree.next(List.of(zero.then(0), zero.then(1), one.then(1))).size());
        }
        assertEquals(0, model.openSessions());
    }
}
