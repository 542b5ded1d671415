// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.grammar.gbnf.GbnfReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts are read byte by byte, each byte under the deadline of a step. */
class RecognizerTest {

    private static final String RULES = "root ::= s\ns ::= s s s | s \"+\" s | s s | \"a\" | \"b\" s? \"c\"\n";
    private static final PushdownAutomaton SUMS =
            AutomatonCompiler.compile(new GbnfReader().read(RULES), Map.of(), WorkBudget.standard());

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsUpToTheFirstByteThatIsRefused() {
        Recognizer recognizer = new Recognizer(SUMS, Limits.DEFAULT);
        assertEquals(3, recognizer.read(text("a+b")));
        assertTrue(!recognizer.isAccepting());
        assertEquals(1, recognizer.read(text("a*")));
        assertEquals(4, recognizer.position());
        assertEquals("{43, 97, 98, 99}", recognizer.allowedBytes().toString());
        assertEquals(1, recognizer.read(text("c")));
        assertTrue(recognizer.isAccepting());
    }

    @Test
    void aByteThatTakesTooLongEndsInAnErrorAndIsNotRead() {
        PushdownAutomaton deep = AutomatonCompiler.compile(
                new GbnfReader().read("root ::= s\ns ::= \"a\" s \"b\"? | \"a\"\n"), Map.of(), WorkBudget.standard());
        Recognizer recognizer = new Recognizer(
                deep, Limits.DEFAULT.withStepDeadline(Duration.ofMillis(1)).withWallClockFactor(100_000));
        byte[] text = text("a".repeat(30_000) + "b");
        LimitExceededException late = assertThrows(LimitExceededException.class, () -> recognizer.read(text));
        assertEquals("stepDeadline", late.limit());
        assertEquals(30_000, recognizer.position());
    }

    @Test
    void cancelledAndInterruptedReadersStop() {
        Cancellation cancellation = new Cancellation();
        Recognizer recognizer = new Recognizer(SUMS, Limits.DEFAULT, cancellation);
        assertEquals(1, recognizer.read(text("a")));
        Thread.currentThread().interrupt();
        assertThrows(CancelledException.class, () -> recognizer.read(text("a")));
        assertTrue(Thread.interrupted());
        assertEquals(1, recognizer.read(text("a")));
        cancellation.cancel();
        assertThrows(CancelledException.class, () -> recognizer.read(text("a")));
        assertThrows(CancelledException.class, recognizer::allowedBytes);
        assertEquals(2, recognizer.position());
    }
}
