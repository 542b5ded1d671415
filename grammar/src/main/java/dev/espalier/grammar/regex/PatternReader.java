// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.NestingScan;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.PatternLexer;
import dev.espalier.grammar.syntax.PatternParser;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/**
 * Reads the regular expressions of other languages, over text: Python's module {@code re}, and Rust's crate {@code regex}. Classes such as {@code \w} are those of the
 * Unicode version of the running platform.
 *
 * <p>Refused by name: back-references, possessive and atomic groups, conditions, names of characters ({@code \N}), flags for all that follows in Python's, classes
 * inside classes, lazy repetitions and look-around in Rust's. Thread-safe. Cost: linear in the pattern.
 */
public final class PatternReader {

    private static final String NO_OPERAND = "there is nothing here to repeat";

    private static final Map<Integer, String> WORDS =
            Map.of(PatternParser.CLOSE, "\")\"", Token.EOF, "the end of the pattern");

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            PatternParser.STAR, NO_OPERAND,
            PatternParser.PLUS, NO_OPERAND,
            PatternParser.QUESTION, NO_OPERAND,
            PatternParser.BOUNDS, NO_OPERAND,
            PatternParser.CLOSE, "this \")\" closes nothing",
            PatternParser.OPEN_CLASS, "the class that starts here has no closing \"]\"",
            PatternParser.UNKNOWN, "a backslash at the end escapes nothing");

    private final StreamingParser<PatternParser> parser = new StreamingParser<>(
            PatternLexer::new, GuardedTokens::new, PatternParser::new, PatternParser::pattern, WORDS, COMPLAINTS);
    private final PatternDialect dialect;

    /** A reader of a language's regular expressions. */
    public PatternReader(PatternDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * A pattern as it is written. Groups are left out.
     *
     * @param name what errors call the pattern
     * @throws dev.espalier.core.error.SyntaxException if the pattern is malformed; with the place in the pattern
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it uses what is not supported; with the place in the pattern
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public RegexTree tree(String name, String pattern, WorkBudget budget) {
        SourceText source = SourceText.pattern(name, pattern, budget.limits());
        int nesting = NestingScan.regex(source, budget.limits());
        return DeepStack.call(nesting, () -> {
            PatternTranslation translation = new PatternTranslation(source, dialect, budget);
            parser.parse(source, translation, budget);
            return translation.result();
        });
    }
}
