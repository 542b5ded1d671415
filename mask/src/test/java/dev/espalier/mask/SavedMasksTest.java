package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.grammar.Cancellation;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.PreparedFileException;
import dev.espalier.grammar.error.PreparedFileException.Reason;
import dev.espalier.mask.file.FileKind;
import dev.espalier.mask.file.TableReader;
import dev.espalier.mask.file.TableWriter;
import dev.espalier.mask.frame.MaskStore;
import dev.espalier.mask.frame.Tuning;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SavedMasksTest {

    private static final FileKind KIND = new FileKind('T', 1, "test file", "make it again");
    private static final String ALPHABET = "abc{}[]\",:1 \\u\u00e9\u4e2d";

    /** Every state goes to the store, however cheap, and large residuals are lists of nodes. */
    private static final Tuning EAGER = new Tuning(1, 20, 16, true, 256, 64, 24L << 20);

    private static final List<String> GRAMMARS = List.of(
            JsonText.ANY,
            JsonText.PERSON,
            "root ::= (\"a\" | \"ab\" | \"abc\"){1,20} \"1\"",
            "root ::= item (\",\" item)*\nitem ::= [a-c]+ | \"[\" root \"]\"",
            "root ::= [^\"]{0,30} | \"{\" [abc]* \"}\" ",
            "root ::= (\"a\"? \"b\"? \"c\"?){0,9} | e\ne ::= e e | \"1\"");

    private static CompiledGrammar compiled(Vocabulary vocabulary, String grammar, Tuning tuning) {
        Grammar parsed = JsonText.grammar(grammar);
        return new GrammarCompiler(vocabulary, Limits.DEFAULT, new MaskStore(vocabulary, Limits.DEFAULT), tuning)
                .compile(parsed);
    }

    private static byte[] saved(CompiledGrammar grammar, int maxStates, String... examples) {
        TableWriter out = new TableWriter(KIND);
        List<byte[]> texts = Arrays.stream(examples)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        grammar.writeMasks(out, maxStates, texts, new Cancellation());
        return out.toBytes();
    }

    private static int restored(CompiledGrammar grammar, byte[] file) {
        return grammar.readMasks(TableReader.of(KIND, file, "masks"));
    }

    @Test
    void masksReadBackAreTheSameBitForBitAndNoneIsMadeAnew() {
        for (long seed = 0; seed < 36; seed++) {
            Random random = new Random(seed);
            Vocabulary vocabulary = RandomVocabulary.withAllBytes(random, 400, ALPHABET, seed % 2 == 0 ? 4 : 25);
            String grammar = GRAMMARS.get((int) seed % GRAMMARS.size());
            Tuning tuning = seed % 3 == 0 ? Tuning.DEFAULT : EAGER;
            CompiledGrammar first = compiled(vocabulary, grammar, tuning);
            byte[] file = saved(first, 10_000);
            CompiledGrammar second = compiled(vocabulary, grammar, tuning);
            int states = TableReader.of(KIND, file, "masks").ints("masks.counts", 2)[1];
            assertEquals(states, restored(second, file), "seed " + seed);
            assertTrue(tuning != EAGER || states > 3, states + " states, seed " + seed);
            walk(first.matcher(), second.matcher(), random, "seed " + seed, tuning == EAGER);
            assertEquals(file.length, saved(second, 10_000).length, "seed " + seed);
        }
    }

    private static void walk(Matcher left, Matcher right, Random random, String what, boolean complete) {
        for (int step = 0; step < 60 && !left.isTerminated(); step++) {
            if (left.mask().isEmpty()) {
                return;
            }
            assertEquals(left.mask(), right.mask(), what + " step " + step);
            int enough = left.leastBytesToEnd() + 2;
            assertEquals(left.mask(enough), right.mask(enough), what + " step " + step);
            if (complete) {
                right.mask();
                assertEquals(0, right.lastStats().storeMisses(), what + " step " + step);
            }
            int[] ids = left.mask().ids();
            int id = ids[random.nextInt(ids.length)];
            left.accept(id);
            right.accept(id);
        }
    }

    @Test
    void statesAlongExamplesAreSavedHoweverDeep() {
        Vocabulary vocabulary = RandomVocabulary.complete(new Random(1), 2_000, ALPHABET, 6);
        String example = "[[[{\"a\":\"bbb\",\"c\":[1,{\"b\":{\"c\":11}}]}]]]";
        byte[] few = saved(compiled(vocabulary, JsonText.ANY, EAGER), 1);
        byte[] more = saved(compiled(vocabulary, JsonText.ANY, EAGER), 1, example, "{not of the language");
        assertTrue(few.length < more.length);
        CompiledGrammar read = compiled(vocabulary, JsonText.ANY, EAGER);
        assertTrue(restored(read, more) > 5);
        Matcher matcher = read.matcher();
        for (int at = 0; at < example.length(); at++) {
            matcher.mask();
            assertEquals(0, matcher.lastStats().storeMisses(), "at " + at);
            JsonText.read(matcher, example.substring(at, at + 1));
        }
    }

    @Test
    void statesBehindSpecialTokensAreSaved() {
        Vocabulary vocabulary = RandomVocabulary.complete(new Random(2), 500, ALPHABET, 6);
        String grammar = "root ::= <tool> [abc]{3,9} <tool> [^\"]*";
        byte[] file = saved(compiled(vocabulary, grammar, EAGER), 1_000);
        CompiledGrammar read = compiled(vocabulary, grammar, EAGER);
        restored(read, file);
        Matcher matcher = read.matcher();
        matcher.accept(vocabulary.specialId("<tool>").orElseThrow());
        matcher.mask();
        assertEquals(0, matcher.lastStats().storeMisses());
    }

    @Test
    void otherVocabulariesAreRefusedByName() {
        Vocabulary vocabulary = RandomVocabulary.complete(new Random(3), 300, ALPHABET, 6);
        byte[] file = saved(compiled(vocabulary, JsonText.ANY, EAGER), 100);
        Vocabulary other = RandomVocabulary.complete(new Random(4), 300, ALPHABET, 6);
        PreparedFileException refusal =
                assertThrows(PreparedFileException.class, () -> restored(compiled(other, JsonText.ANY, EAGER), file));
        assertEquals(Reason.VOCABULARY, refusal.reason());
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(vocabulary.fingerprint().substring(0, 16)), message);
        assertTrue(message.contains(other.fingerprint().substring(0, 16)), message);
        Vocabulary otherEnds = vocabulary.withEndIds(vocabulary.endIds()[0]);
        assertTrue(restored(compiled(otherEnds, JsonText.ANY, EAGER), file) > 5);
    }

    @Test
    void masksFitTheSameTokensWithOtherPadding() {
        for (long seed = 0; seed < 10; seed++) {
            Vocabulary narrow = RandomVocabulary.withAllBytes(new Random(seed), 700, ALPHABET, 6);
            Vocabulary wide = narrow.withSize(1_100 + (int) seed);
            for (Vocabulary[] pair : new Vocabulary[][] {{narrow, wide}, {wide, narrow}}) {
                byte[] file = saved(compiled(pair[0], JsonText.ANY, EAGER), 500);
                CompiledGrammar read = compiled(pair[1], JsonText.ANY, EAGER);
                assertTrue(restored(read, file) > 5);
                walk(compiled(pair[1], JsonText.ANY, EAGER).matcher(), read.matcher(), new Random(seed), "", true);
            }
        }
    }

    @Test
    void anotherGrammarsMasksAreNotTaken() {
        Vocabulary vocabulary = RandomVocabulary.complete(new Random(5), 300, ALPHABET, 6);
        byte[] file = saved(compiled(vocabulary, "root ::= \"a\" [abc]* \"1\"", EAGER), 100);
        String other = "root ::= \"a\" [ab]* \"1\"";
        CompiledGrammar read = compiled(vocabulary, other, EAGER);
        restored(read, file);
        walk(compiled(vocabulary, other, EAGER).matcher(), read.matcher(), new Random(6), "other", false);
    }

    @Test
    void everyFlippedByteIsRefusedOrWithoutConsequence() {
        Vocabulary vocabulary = RandomVocabulary.complete(new Random(7), 30, "ab\"", 3);
        String grammar = "root ::= \"\\\"\" [^\"]{0,5} \"\\\"\" | \"a\"*";
        CompiledGrammar written = compiled(vocabulary, grammar, EAGER);
        byte[] file = saved(written, 100);
        int refused = 0;
        for (int at = 0; at < file.length; at++) {
            byte[] damaged = file.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            CompiledGrammar read = compiled(vocabulary, grammar, EAGER);
            try {
                restored(read, damaged);
                walk(written.matcher(), read.matcher(), new Random(at), "byte " + at, true);
            } catch (PreparedFileException refusal) {
                refused++;
            }
        }
        assertTrue(refused > file.length * 9 / 10, refused + " of " + file.length + " refused");
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            CompiledGrammar read = compiled(vocabulary, grammar, EAGER);
            assertThrows(PreparedFileException.class, () -> restored(read, cut));
        }
    }
}
