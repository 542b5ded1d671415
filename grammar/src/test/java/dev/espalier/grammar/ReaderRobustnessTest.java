package dev.espalier.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.grammar.syntax.GbnfLexer;
import dev.espalier.grammar.syntax.GbnfParser;
import dev.espalier.grammar.syntax.RegexLexer;
import dev.espalier.grammar.syntax.RegexParser;
import java.util.Random;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.dfa.DFA;
import org.junit.jupiter.api.Test;

/** Whatever the text: a result or one of our errors, in bounded time, without tables that grow. */
class ReaderRobustnessTest {

    private static final long SEED = 90125;

    private static final String[] GRAMMARS = {
        "root ::= ( \"a\" | \"b\" c )? d+\nc ::= \"c\"\nd ::= .\n",
        "root ::= \"\\u00e9\"{2,4} ws [^\"\\\\\\x00-\\x1f]+ # x\nws ::= [ \\t\\n]{0,2}\n",
        "root ::= <[7]> (root \"(\"\n | <|x|>)* | \"\"\n"
    };

    private static final String[] PATTERNS = {
        "^(?:[a-z]+|\\d{1,3}(?:\\.\\d+)?)(,[A-F0-9]{2})*$",
        "(foo|ba[rz])+\\s?\\u0041{2}|\\p{Lu}(?<n>x)",
        "[^\\x00-\\x1f\"]*(a|b|)c{0,7}?$^"
    };

    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader regex = new RegexReader();

    private static String mutant(Random random, String[] seeds) {
        StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            int at = random.nextInt(text.length() + 1);
            String other = seeds[random.nextInt(seeds.length)];
            int from = random.nextInt(other.length());
            String piece = other.substring(from, Math.min(other.length(), from + 1 + random.nextInt(5)));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, piece);
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 -> text.insert(at, Character.toString(random.nextInt(0x110000)));
                default -> text.insert(at, (char) random.nextInt(128));
            }
        }
        return text.toString();
    }

    private static void holds(String[] seeds, Consumer<String> reader) {
        Random random = new Random(SEED);
        for (int round = 0; round < 4000; round++) {
            String text = mutant(random, seeds);
            try {
                reader.accept(text);
            } catch (EspalierException expected) {
                assertTrue(String.valueOf(expected.getMessage()).length() < 800, text);
            } catch (RuntimeException | StackOverflowError e) {
                fail("seed " + SEED + " round " + round + ": " + text, e);
            }
        }
    }

    @Test
    void damagedGrammarsEndInAResultOrATypedError() {
        holds(GRAMMARS, gbnf::read);
    }

    @Test
    void damagedPatternsEndInAResultOrATypedError() {
        holds(PATTERNS, text -> regex.read(text, RegexReader.Mode.SEARCH));
    }

    @Test
    void noTableOfAntlrGrowsWithTheTexts() {
        holds(GRAMMARS, gbnf::read);
        holds(PATTERNS, text -> regex.read(text, RegexReader.Mode.FULL));
        assertTrue(gbnf.lexerStates() < 200, "states " + gbnf.lexerStates());
        assertTrue(regex.lexerStates() < 200, "states " + regex.lexerStates());
        assertEquals(0, states(new GbnfLexer(null)) + states(new RegexLexer(null)));
        assertEquals(0, states(new GbnfParser(null)) + states(new RegexParser(null)));
    }

    private static int states(Recognizer<?, ?> generated) {
        DFA[] tables = generated.getInterpreter() instanceof LexerATNSimulator lexer
                ? lexer.decisionToDFA
                : ((ParserATNSimulator) generated.getInterpreter()).decisionToDFA;
        int states = 0;
        for (DFA table : tables) {
            states += table.states.size();
        }
        return states;
    }

    @Test
    void longTextsTakeLinearTimeAndLittleStack() throws InterruptedException {
        String[] texts = {
            "root ::= \"" + "k".repeat(1_000_000) + "\"",
            "# c\n".repeat(100_000) + "root ::= \"a\"",
            "root ::= " + "x ".repeat(20_000) + "\nx ::= \"a\"",
            "root ::= \"a\"" + " | \"b\"".repeat(50_000),
            "root ::= " + "(".repeat(999) + "\"a\"" + ")".repeat(999)
        };
        Thread small = new Thread(
                null,
                () -> {
                    for (String text : texts) {
                        gbnf.read(text);
                    }
                    regex.read("ab|".repeat(50_000), RegexReader.Mode.FULL);
                    regex.read("a*".repeat(50_000), RegexReader.Mode.FULL);
                },
                "small",
                256 << 10);
        Throwable[] failure = new Throwable[1];
        small.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
        small.start();
        small.join();
        assertEquals(null, failure[0]);
    }

    @Test
    void cancellationsAndDeadlinesEndAReadInTheMiddle() {
        String text = "root ::= " + "x ".repeat(20_000) + "\nx ::= \"a\"";
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        WorkBudget stopped = new WorkBudget(Limits.DEFAULT, cancelled);
        assertThrows(CancelledException.class, () -> gbnf.read(text, stopped));
        WorkBudget late = new WorkBudget(Limits.DEFAULT.with("compileDeadline", 0), new Cancellation());
        assertThrows(CompileTimeoutException.class, () -> gbnf.read("root ::= \"" + "k".repeat(5000) + "\"", late));
        assertThrows(CompileTimeoutException.class, () -> regex.read("a*".repeat(1000), RegexReader.Mode.FULL, late));
    }

    @Test
    void threadsShareOneReader() {
        String[] texts = java.util.stream.IntStream.range(0, 400)
                .mapToObj(i -> "root ::= \"" + i + "\"{" + i + "} [a-" + (char) ('b' + i % 20) + "] # " + i)
                .toArray(String[]::new);
        Grammar[] alone = new Grammar[texts.length];
        for (int i = 0; i < texts.length; i++) {
            alone[i] = new GbnfReader().read(texts[i]);
        }
        java.util.stream.IntStream.range(0, 4000)
                .parallel()
                .forEach(i -> assertEquals(alone[i % texts.length], gbnf.read(texts[i % texts.length])));
    }
}
