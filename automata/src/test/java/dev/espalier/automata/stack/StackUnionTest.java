// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.compile.AutomatonCompiler;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What ambiguity costs, and that what is saved changes no language. */
class StackUnionTest {

    private static final long SEED = Long.getLong("espalier.union.seed", 7);
    private static final String DOUBLING = "root ::= e\ne ::= e e | \"a\"\n";
    private static final String SUMS = "root ::= e\ne ::= e \"+\" e | e \"*\" e | \"(\" e \")\" | [0-9]+\n";
    private static final String LETTERS = "root ::= (\"a\"? \"b\"? \"c\"?){0,120}\n";
    private static final String CALLED = "root ::= e{0,300}\ne ::= \"(\" e \")\" | \"a\"? \"b\"? \"c\"?\n";

    private static StackSet start(String grammar) {
        return StackSet.of(AutomatonCompiler.compile(new GbnfReader().read(grammar), Map.of(), WorkBudget.standard())
                .start());
    }

    private static StackSet read(Stepper stepper, StackSet from, String text) {
        StackSet set = from;
        for (int i = 0; i < text.length(); i++) {
            set = stepper.step(set, text.charAt(i));
            assertFalse(set.isEmpty(), "dead after " + i);
            stepper.results(set);
        }
        return set;
    }

    /** The work of reading a whole text. */
    private static long work(String grammar, String text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        assertTrue(stepper.results(read(stepper, start(grammar), text)).length > 0);
        return stepper.worked();
    }

    @Test
    void aStepOfAnAmbiguousGrammarDoesNotGetDearerWithTheText() {
        assertTrue(work(DOUBLING, "a".repeat(4_000)) < 3 * work(DOUBLING, "a".repeat(2_000)));
        assertTrue(work(SUMS, "1+2*".repeat(1_000) + "34") < 3 * work(SUMS, "1+2*".repeat(500) + "34"));
    }

    @Test
    void countersThatOthersIncludeAreNotKept() {
        StackSet set = read(new Stepper(Limits.DEFAULT), start(CALLED), "ac".repeat(55) + "bcabc");
        assertTrue(set.size() > 0);
        for (int i = 0; i < set.size(); i++) {
            assertEquals(1, set.below(i).size(), set::toString);
        }
    }

    @Test
    void countedLettersEndWhereTheyMust() {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet full = read(stepper, start(LETTERS), "c".repeat(120));
        assertTrue(stepper.step(full, 'a').isEmpty());
        assertTrue(stepper.step(full, 'c').isEmpty());
        StackSet last = read(stepper, start(LETTERS), "c".repeat(119) + "a");
        assertTrue(stepper.step(last, 'a').isEmpty());
        assertFalse(stepper.step(last, 'c').isEmpty());
    }

    @Test
    void aUnionIsItsFirstOperandExactlyIfThatHasAllOfTheSecond() {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet begin = start("root ::= \"a\" root \"b\"? | \"a\"\n");
        StackSet shorter = read(stepper, begin, "a".repeat(20)).below(0);
        StackSet longer = read(stepper, begin, "a".repeat(30)).below(0);
        StackSet both = stepper.union(shorter, longer);
        assertNotSame(shorter, both);
        assertNotSame(longer, both);
        assertSame(both, stepper.union(both, shorter));
        assertSame(both, stepper.union(both, longer));
        assertSame(both, stepper.union(shorter, both));
        assertSame(both, new Stepper(Limits.DEFAULT).union(both, shorter), "also if nothing is remembered");
    }

    /** Longer texts than the oracle of random grammars reads, of grammars in which much is shared. */
    @Test
    void whatAmbiguityLeavesOutNoTextMisses() {
        Random random = new Random(SEED);
        String[] sources = {
            DOUBLING,
            SUMS,
            "root ::= (\"a\"? \"b\"? \"c\"?){0,9}\n",
            "root ::= (\"a\"? \"b\"? \"c\"?){4,7}\n",
            "root ::= (\"a\" | \"b\" root \"c\" | \"d\" root){1,4}\n",
            "root ::= s s\ns ::= \"a\" s \"b\"? | \"a\"\n",
            "root ::= ((\"a\"){1,3} \"b\"?){2,5}\n",
            "root ::= x (\"a\" root)? | x root\nx ::= \"a\" | \"b\" x? \"c\" | x \"a\"\n"
        };
        for (String source : sources) {
            Grammar grammar = new GbnfReader().read(source);
            for (int walk = 0; walk < 6; walk++) {
                Stepper stepper = new Stepper(Limits.DEFAULT);
                StackSet set = start(source);
                Column column = new SlowRecognizer(grammar).start();
                StringBuilder read = new StringBuilder();
                for (int length = 0; length < 24; length++) {
                    String where = "seed " + SEED + ", " + source + " after " + read;
                    assertEquals(column.isAccepting(), stepper.results(set).length > 0, where);
                    String live = "";
                    for (char symbol : "abcd+*()019".toCharArray()) {
                        boolean alive = !stepper.step(set, symbol).isEmpty();
                        assertEquals(column.advance(symbol).isLive(), alive, symbol + ", " + where);
                        live += alive ? symbol : "";
                    }
                    if (live.isEmpty()) {
                        break;
                    }
                    char symbol = live.charAt(random.nextInt(live.length()));
                    set = stepper.step(set, symbol);
                    column = column.advance(symbol);
                    read.append(symbol);
                }
            }
        }
    }
}
