// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import static java.util.Map.entry;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.LarkLexer;
import dev.espalier.grammar.syntax.LarkParser;
import java.util.Map;

/** The syntax of grammar files. Owns the lexer's tables. Thread-safe. */
final class LarkSyntax {

    private static final Map<Integer, String> WORDS = StreamingParser.words(
            entry(LarkParser.RULE, "a name of a rule"),
            entry(LarkParser.TERMINAL, "a name of a terminal"),
            entry(LarkParser.COLON, "\":\""),
            entry(LarkParser.STRING, "a \"string\""),
            entry(LarkParser.REGEXP, "a /regular expression/"),
            entry(LarkParser.NUMBER, "a number"),
            entry(LarkParser.OPEN, "\"(\""),
            entry(LarkParser.CLOSE, "\")\""),
            entry(LarkParser.CLOSE_BRACKET, "\"]\""),
            entry(LarkParser.CLOSE_BRACE, "\"}\""),
            entry(LarkParser.BAR, "\"|\""),
            entry(LarkParser.NEWLINE, "the end of the line"));

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            LarkParser.OPEN_STRING, "the string that starts here has no closing quote on its line",
            LarkParser.NEWLINE, "the line ends too early");

    private final StreamingParser<LarkParser> parser = new StreamingParser<>(
            LarkLexer::new, LarkTokens::new, LarkParser::new, LarkParser::file, WORDS, COMPLAINTS);

    /**
     * The statements of a file.
     *
     * @param hasExtensions whether it may have what only llguidance knows
     */
    LarkFile file(SourceText source, boolean hasExtensions, WorkBudget budget) {
        return DeepStack.call(nesting(source, budget), () -> {
            LarkTranslation translation = new LarkTranslation(source, hasExtensions, budget);
            parser.parse(source, translation, budget);
            return translation.file();
        });
    }

    /** The deepest nesting of brackets outside strings, regular expressions and comments. */
    private static int nesting(SourceText source, WorkBudget budget) {
        int limit = budget.limits().maxNesting();
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < source.length(); i++) {
            int c = source.at(i);
            if (c == '#' || (c == '/' && source.at(i + 1) == '/')) {
                while (i < source.length() && !source.isLineEnd(i)) {
                    i++;
                }
            } else if (c == '"' || c == '/') {
                i = closing(source, i);
            } else if ("([{".indexOf(c) >= 0) {
                deepest = Math.max(deepest, ++depth);
                if (depth > limit) {
                    throw new LimitExceededException("maxNesting", limit, depth, source.place(i));
                }
            } else if (")]}".indexOf(c) >= 0) {
                depth = Math.max(0, depth - 1);
            }
        }
        return deepest;
    }

    private static int closing(SourceText source, int open) {
        int i = open + 1;
        while (i < source.length()
                && source.at(i) != source.at(open)
                && !(source.at(open) == '"' && source.isLineEnd(i))) {
            i += source.at(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }
}
