// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.core.error.EspalierException;
import java.util.Random;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.dfa.DFA;

/** Sources with pieces that were added, left out or repeated at random. */
public final class DamagedTexts {

    private static final long SEED = 90125;

    /** Grammars to be damaged. */
    public static final String[] GRAMMARS = {
        "root ::= ( \"a\" | \"b\" c )? d+\nc ::= \"c\"\nd ::= .\n",
        "root ::= \"\\u00e9\"{2,4} ws [^\"\\\\\\x00-\\x1f]+ # x\nws ::= [ \\t\\n]{0,2}\n",
        "root ::= <[7]> (root \"(\"\n | <|x|>)* | \"\"\n"
    };

    /** Grammars in ABNF to be damaged. */
    public static final String[] ABNF = {
        "root = ( \"a\" / 2*3\"B\" c ) [%s\"x\"] *d ; x\n  / <c>\nc = %x61-63 %d13.10\nc =/ %b101\nd = ALPHA\n"
    };

    /** Grammars in ISO 14977's EBNF to be damaged. */
    public static final String[] ISO = {
        "root = ( \"a\" | 3 * 'b', the name ), [c - \"d\"], {c}-; (* x (* y *) *)\nthe name = (/ c /) ! (: c :).\nc = ;\n"
    };

    /** Grammars in the W3C's EBNF to be damaged. */
    public static final String[] W3C = {
        "[1] root ::= ( \"a\" | 'b'+ c ) - (c? #x41*) [a-z#x20-#x30] [^b] /* x */ [wfc: x]\n[2] c ::= 'd' | root\n"
    };

    /** Grammars in XGrammar's EBNF to be damaged. */
    public static final String[] XGRAMMAR = {
        "root ::= ( \"a\\n\" | [^b-c\\-]{2,3} c ) () # x\nc[capture] ::= Token(1, 2) TagDispatch((\"<a>\", root), excludes=(\"b\",)) (= c)\n",
        "root ::= Regex(\"[a-z]+\\\\d\") Substring(\"a\", \"b\") TokenTagDispatch((3, root), loop_after_dispatch=false)\n"
    };

    /** Grammars of ANTLR to be damaged. */
    public static final String[] ANTLR = {
        "grammar G; options { a = b; } tokens { T } a[int x] : (b = A | {x} C* #d)+? ~'x' . ; A options { b=c; } : [a-z\\]] -> skip, mode(M) ;\n"
                + "C : 'c'..'d' | A ; mode M; fragment F : ~[\\p{Lu}\\u{e9}] /* x */ ; E : F .*? '\\u00e9' -> type(T) ; // x\n"
    };

    /** Patterns to be damaged. */
    public static final String[] PATTERNS = {
        "^(?:[a-z]+|\\d{1,3}(?:\\.\\d+)?)(,[A-F0-9]{2})*$",
        "(foo|ba[rz])+\\s?\\u0041{2}|\\p{Lu}(?<n>x)",
        "[^\\x00-\\x1f\"]*(a|b|)c{0,7}?$^"
    };

    private DamagedTexts() {}

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

    /** Reads texts with a few damages each: a result or an error of ours comes of each. */
    public static void read(String[] seeds, Consumer<String> reader) {
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

    /** How many states the tables have that a generated reader shares with all others of its kind. */
    public static int states(Recognizer<?, ?> generated) {
        DFA[] tables = generated.getInterpreter() instanceof LexerATNSimulator lexer
                ? lexer.decisionToDFA
                : ((ParserATNSimulator) generated.getInterpreter()).decisionToDFA;
        int states = 0;
        for (DFA table : tables) {
            states += table.states.size();
        }
        return states;
    }
}
