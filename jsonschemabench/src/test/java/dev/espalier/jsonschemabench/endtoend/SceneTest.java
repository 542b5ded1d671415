// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SceneTest {

    private static final List<TextCase> CASES = TextCase.all();

    private static LanguageModel model;

    @BeforeAll
    static void load() {
        model = Sprig.load(LoadOptions.DEFAULT);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** {@link Scene#write} throws where a text comes out other than dictated, whatever the way. */
    @Test
    void everyWayWritesTheDictatedTexts() {
        try (Scene scene = new Scene(model, CASES, 1, 0, new Cancellation())) {
            assertEquals(CASES.size(), scene.units());
            for (int unit = 0; unit < scene.units(); unit++) {
                Map<Way, Passage> passages = new EnumMap<>(Way.class);
                for (Way way : Way.values()) {
                    passages.put(way, scene.write(unit, way));
                }
                Passage free = passages.getOrDefault(Way.FREE, none());
                for (Way way : List.of(Way.MASKED, Way.WEIGHED, Way.AFTER, Way.COLD)) {
                    Passage passage = passages.getOrDefault(way, none());
                    assertEquals(free.tokens(), passage.tokens(), way.toString());
                    assertEquals(free.steps().size(), passage.steps().size(), way.toString());
                    assertEquals(0, passage.forced());
                }
                Passage forced = passages.getOrDefault(Way.FORCED, none());
                assertTrue(forced.steps().size() <= free.steps().size() - forced.forced() + 1);
            }
        }
    }

    private static Passage none() {
        return new Passage(List.of(), 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aBatchWritesDifferentSchemasTogether() {
        try (Scene scene = new Scene(model, CASES, CASES.size() + 2, 0, new Cancellation())) {
            assertEquals(1, scene.units());
            assertEquals(CASES.size() + 2, scene.texts(0));
            Passage free = scene.write(0, Way.FREE);
            Passage masked = scene.write(0, Way.MASKED);
            assertEquals(free.tokens(), masked.tokens());
            assertEquals(free.steps().size(), masked.steps().size());
            assertTrue(scene.write(0, Way.FORCED).forced() > 0);
        }
    }

    @Test
    void promptsMayBeginAlikeAndTextsBeAskedForSingly() {
        try (Scene scene = new Scene(model, CASES, CASES.size() + 2, 70, new Cancellation())) {
            int tokens = scene.write(0, Way.FREE).tokens();
            for (Way way : List.of(Way.MASKED, Way.SINGLY, Way.INVARIANT)) {
                assertEquals(tokens, scene.write(0, way).tokens(), way.toString());
            }
        }
    }

    @Test
    void aStoppedRunEndsAtOnce() {
        Cancellation stop = new Cancellation();
        try (Scene scene = new Scene(model, CASES, 1, 0, stop)) {
            stop.cancel();
            for (Way way : Way.values()) {
                assertThrows(CancelledException.class, () -> scene.write(0, way));
            }
        }
    }

    @Test
    void fromAnyPlaceThereIsATokenThatReadsOn() {
        for (TextCase each : CASES) {
            Dictation dictation = new Dictation(model.vocabulary(), model.encoder(), each.text(), 0, 1);
            for (int at = 0; at < each.text().length(); ) {
                int length = model.vocabulary().bytes(dictation.next(at)).length();
                assertTrue(length > 0);
                assertEquals(
                        each.text().substring(at, at + length),
                        model.vocabulary().text(dictation.next(at)));
                at++;
            }
            assertTrue(model.vocabulary().isEnd(dictation.next(each.text().length())));
            assertEquals(Dictation.PROMPT, dictation.prompt().length);
        }
    }
}
