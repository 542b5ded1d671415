// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.antlr.AntlrReader;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lexers that take a second of a processor are counted as some seconds at most, and so stay far from the default deadline. */
class LexerWorkTest {

    private static final long MOST_UNITS = 4_000_000;

    static String[] grammars() {
        String keywords = IntStream.range(0, 30)
                .mapToObj(i -> "K%d: [kK] [eE] '%s' [yY];".formatted(i, Integer.toString(i * 7919, 26)))
                .collect(Collectors.joining("\n"));
        String rule = IntStream.range(0, 30).mapToObj(i -> "K" + i).collect(Collectors.joining(" | "));
        return new String[] {
            // line comments in line comments, before and behind the end of a line
            "grammar comments; s: NL EOF; NL: [ \\t]* C* ('\\r' '\\n'? | '\\n') C*; fragment C: ('--' ~[\\r\\n]* | ';') ~[\\r\\n]*"
                    + " | ('//' | '#' [ \\t]+) ~[\\r\\n]* | '/*' .*? '*/';",
            // keywords of any case beside identifiers of all of Unicode, text blocks and comments
            "grammar words; s: (NAME | STRING | BLOCK | NUMBER | " + rule + " | ';')* EOF;\n" + keywords
                    + "\nNAME: [\\p{L}_] [\\p{L}\\p{Nd}_]*; NUMBER: [0-9]+ ('.' [0-9]*)?;"
                    + " STRING: '\"' (~[\"\\\\\\r\\n] | '\\\\' .)* '\"'; BLOCK: '\"\"\"' .*? '\"\"\"';"
                    + " C: '/*' .*? '*/' -> skip; L: '//' ~[\\r\\n]* -> skip; W: [ \\t\\r\\n]+ -> skip;",
        };
    }

    @ParameterizedTest
    @MethodSource("grammars")
    void theDefaultDeadlineIsFar(String grammar) {
        WorkBudget budget = WorkBudget.standard();
        AutomatonCompiler.compile(new AntlrReader().read(grammar, budget), Map.of(), budget);
        assertTrue(budget.meter().spent() < MOST_UNITS, budget.meter().spent() + " units");
    }
}
