// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ResultsFileTest {

    @TempDir
    Path folder;

    /** Whether results of the id {@code b} cannot be made to lines. */
    private static boolean broken;

    @BeforeEach
    void mended() {
        broken = false;
    }

    public record Word(String id, String text) implements ResultsFile.Result {

        @Override
        public String toJson() {
            if (broken && id.equals("b")) {
                throw new IllegalStateException("cannot be written");
            }
            return ResultJson.write(this);
        }
    }

    @Test
    void aLineThatWasCutOffInsideACharacterIsLeftOut() throws IOException {
        try (ResultsFile<Word> file = open()) {
            file.add(new Word("a", "é"));
            file.add(new Word("b", "é"));
        }
        byte[] all = Files.readAllBytes(results());
        int inside = new String(all, StandardCharsets.ISO_8859_1).lastIndexOf('\u00c3') + 1;
        Files.write(results(), Arrays.copyOf(all, inside));
        try (ResultsFile<Word> file = open()) {
            assertEquals(List.of("a"), file.results().stream().map(Word::id).toList());
        }
    }

    @Test
    void halvesOfPairsAreKeptAndSpoilNoOtherLine() {
        List<Word> words =
                List.of(new Word("a", "\uD800 \uD83D\uDE00"), new Word("b", "\uDE00"), new Word("c", "plain"));
        try (ResultsFile<Word> file = open()) {
            words.forEach(file::add);
        }
        try (ResultsFile<Word> file = open()) {
            assertEquals(texts(words), texts(file.results()));
            file.finish(JsonMapper.shared().createObjectNode().put("\uD800", 1));
        }
        try (ResultsFile<Word> file = open()) {
            assertEquals(texts(words), texts(file.results()));
        }
    }

    @Test
    void noLineIsLostWhenTheFileCannotBeWrittenAnew() throws IOException {
        try (ResultsFile<Word> file = open()) {
            file.add(new Word("b", "1"));
            file.add(new Word("a", "2"));
            broken = true;
            assertThrows(
                    IllegalStateException.class,
                    () -> file.finish(JsonMapper.shared().createObjectNode()));
        }
        assertEquals(2, Files.readAllLines(results()).size());
        assertThrows(IllegalStateException.class, this::open);
        assertEquals(2, Files.readAllLines(results()).size());
    }

    @Test
    void whatCannotBeWrittenIsAnError() {
        ResultsFile<Word> file = open();
        file.close();
        assertThrows(InvalidInputException.class, () -> file.add(new Word("a", "1")));
    }

    @Test
    void resultsOfAnotherCommandAreNotWrittenOver() throws IOException {
        String other = "{\"draft\":\"draft7\",\"verdict\":\"pass\"}\n";
        Files.writeString(results(), other);
        InvalidInputException refused = assertThrows(InvalidInputException.class, this::open);
        assertTrue(String.valueOf(refused.getMessage()).contains("name another folder"), refused.getMessage());
        assertEquals(other, Files.readString(results()));
    }

    @Test
    void filesOfOneNameAreToldApartByWhatIsInThem() throws IOException {
        Path one =
                Files.writeString(Files.createDirectory(folder.resolve("one")).resolve("tokenizer.json"), "{}");
        Path two =
                Files.writeString(Files.createDirectory(folder.resolve("two")).resolve("tokenizer.json"), "[]");
        Path same =
                Files.writeString(Files.createDirectory(folder.resolve("same")).resolve("tokenizer.json"), "{}");
        Settings.none().withFile("--tokenizer", one).claim(folder);
        Settings.none().withFile("--tokenizer", same).claim(folder);
        assertThrows(
                InvalidInputException.class,
                () -> Settings.none().withFile("--tokenizer", two).claim(folder));
    }

    @Test
    void anAddedResultIsThereAtOnce() throws IOException {
        try (ResultsFile<Word> file = open()) {
            assertFalse(file.has("a"));
            file.add(new Word("a", "1"));
            assertTrue(file.has("a"));
            assertEquals(1, Files.readAllLines(results()).size());
        }
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().map(word -> word.text).toList();
    }

    private ResultsFile<Word> open() {
        return new ResultsFile<>(folder, Settings.none().with("--seed", 1), Word.class);
    }

    private Path results() {
        return folder.resolve("results.jsonl");
    }
}
