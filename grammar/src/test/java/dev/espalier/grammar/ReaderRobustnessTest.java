// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.regex.RegexReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whatever the text: a result or one of our errors, in bounded time. */
class ReaderRobustnessTest {

    private final GbnfReader gbnf = new GbnfReader();
    private final RegexReader regex = new RegexReader();

    @Test
    void damagedGrammarsEndInAResultOrATypedError() {
        DamagedTexts.read(DamagedTexts.GRAMMARS, gbnf::read);
    }

    @Test
    void damagedPatternsEndInAResultOrATypedError() {
        DamagedTexts.read(DamagedTexts.PATTERNS, text -> regex.read(text, RegexReader.Mode.SEARCH));
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
        WorkBudget late = new WorkBudget(Limits.DEFAULT.withCompileDeadline(Duration.ofMillis(0)), new Cancellation());
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
