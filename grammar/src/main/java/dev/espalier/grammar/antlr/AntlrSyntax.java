// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import static java.util.Map.entry;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.AntlrLexer;
import dev.espalier.grammar.syntax.AntlrParser;
import java.util.Map;

/** The syntax of grammar files. Owns the lexer's tables. Thread-safe. */
final class AntlrSyntax {

    private static final Map<Integer, String> WORDS = StreamingParser.words(
            entry(AntlrParser.GRAMMAR, "\"grammar\""),
            entry(AntlrParser.RULE, "a name of a parser rule"),
            entry(AntlrParser.TOKEN, "a name of a lexer rule"),
            entry(AntlrParser.COLON, "\":\""),
            entry(AntlrParser.STRING, "a 'string'"),
            entry(AntlrParser.BRACKET, "a [set]"),
            entry(AntlrParser.ARROW, "\"->\""),
            entry(AntlrParser.BAR, "\"|\""),
            entry(AntlrParser.OPEN, "\"(\""),
            entry(AntlrParser.CLOSE, "\")\""),
            entry(AntlrParser.CLOSE_BRACE, "\"}\""),
            entry(AntlrParser.SEMICOLON, "\";\""));

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            AntlrParser.OPEN_STRING, "the string that starts here has no closing quote on its line",
            AntlrParser.OPEN_BRACKET, "the set that starts here has no closing \"]\"",
            AntlrParser.OPEN_ACTION, "the action that starts here has no end",
            AntlrParser.OPEN_COMMENT, "the comment that starts here has no end");

    private final StreamingParser<AntlrParser> parser = new StreamingParser<>(
            AntlrLexer::new, AntlrTokens::new, AntlrParser::new, AntlrParser::file, WORDS, COMPLAINTS);

    /** A file as it is written. */
    AntlrFile file(SourceText source, WorkBudget budget) {
        return DeepStack.call(nesting(source, budget), () -> {
            AntlrTranslation translation = new AntlrTranslation(source, budget);
            parser.parse(source, translation, budget);
            return translation.file();
        });
    }

    /** The deepest nesting of parentheses and braces outside strings, sets and comments. */
    static int nesting(SourceText source, WorkBudget budget) {
        int limit = budget.limits().maxNesting();
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < source.length(); i++) {
            int c = source.at(i);
            if (c == '/' && source.at(i + 1) == '/') {
                while (i < source.length() && !source.isLineEnd(i)) {
                    i++;
                }
            } else if (c == '/' && source.at(i + 1) == '*') {
                while (i < source.length() && !(source.at(i) == '*' && source.at(i + 1) == '/')) {
                    i++;
                }
            } else if (c == '\'' || c == '[') {
                i = closing(source, i, c == '[' ? ']' : c);
            } else if (c == '(' || c == '{') {
                deepest = Math.max(deepest, ++depth);
                if (depth > limit) {
                    throw new LimitExceededException("maxNesting", limit, depth, source.place(i));
                }
            } else if (c == ')' || c == '}') {
                depth = Math.max(0, depth - 1);
            }
        }
        return deepest;
    }

    private static int closing(SourceText source, int open, int close) {
        int i = open + 1;
        while (i < source.length() && source.at(i) != close && !(close == '\'' && source.isLineEnd(i))) {
            i += source.at(i) == '\\' ? 2 : 1;
        }
        return i;
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }
}
