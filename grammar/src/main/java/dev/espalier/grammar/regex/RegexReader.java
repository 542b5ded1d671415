// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Sequence;
import dev.espalier.grammar.regex.Anchored.Part;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.grammar.source.GuardedTokens;
import dev.espalier.grammar.source.ImpliedBounds;
import dev.espalier.grammar.source.NestingScan;
import dev.espalier.grammar.source.PlainAlgebra;
import dev.espalier.grammar.source.SourceText;
import dev.espalier.grammar.source.StreamingParser;
import dev.espalier.grammar.syntax.RegexLexer;
import dev.espalier.grammar.syntax.RegexParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/**
 * Reads regular expressions of ECMA-262 as JSON Schema's {@code pattern} means them: with the {@code u} flag and no
 * other, over code points. Anchors are exact wherever they stand.
 *
 * <p>Laxer than the standard where patterns in the wild need it: braces and brackets that open or close nothing, and
 * needless escapes of punctuation, stand for themselves; a hyphen beside {@code \w} and its like in a class is a hyphen.
 * Refused by name, since no {@link Expression} says it ({@link #tree} reads it all): look-behind, look-ahead in a group that something follows or
 * repeats, back-references, word boundaries and inline flags.
 *
 * <p>A reader owns the tables that ANTLR's lexer fills, and gets faster as
 * it is used again. Thread-safe. Cost: linear in the pattern.
 */
public final class RegexReader {

    /** What a pattern says of a text. */
    public enum Mode {
        /** The whole text matches. */
        FULL,
        /** Some part of the text matches, as {@code pattern} in JSON Schema. */
        SEARCH
    }

    private static final String NO_OPERAND = "there is nothing here to repeat";

    private static final Map<Integer, String> WORDS =
            Map.of(RegexParser.CLOSE, "\")\"", Token.EOF, "the end of the pattern");

    private static final Map<Integer, String> COMPLAINTS = Map.of(
            RegexParser.STAR, NO_OPERAND,
            RegexParser.PLUS, NO_OPERAND,
            RegexParser.QUESTION, NO_OPERAND,
            RegexParser.BOUNDS, NO_OPERAND,
            RegexParser.CLOSE, "this \")\" closes nothing",
            RegexParser.OPEN_CLASS, "the class that starts here has no closing \"]\"",
            RegexParser.UNKNOWN, "a backslash at the end escapes nothing");

    private final StreamingParser<RegexParser> parser = new StreamingParser<>(
            RegexLexer::new, GuardedTokens::new, RegexParser::new, RegexParser::pattern, WORDS, COMPLAINTS);

    /** {@link #read(String, Mode, WorkBudget)} under the default limits. */
    public Expression read(String pattern, Mode mode) {
        return read(pattern, mode, WorkBudget.standard());
    }

    /**
     * The texts that a pattern allows.
     *
     * @param pattern the pattern without delimiters
     * @param mode whether it must match the whole text or a part of it
     * @param budget the time, memory and limits that this may use
     * @return an expression without references; bounds of repetitions are kept as counters
     * @throws dev.espalier.core.error.SyntaxException if the pattern is malformed; with place
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it uses what cannot be enforced; with place
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public Expression read(String pattern, Mode mode, WorkBudget budget) {
        SourceText source = SourceText.pattern("", pattern, budget.limits());
        int nesting = NestingScan.regex(source, budget.limits());
        Expression tail = mode == Mode.FULL ? Expression.EMPTY : Anchored.ANYTHING;
        return DeepStack.call(nesting, () -> {
            Anchored parsed = parse(source, tail, budget);
            Expression all = mode == Mode.FULL ? full(parsed) : search(parsed);
            return parsed.lookAheadAt() == Anchored.NOWHERE ? all : ImpliedBounds.relaxed(all);
        });
    }

    /**
     * A pattern as it is written, also where {@link #read} refuses it.
     *
     * @throws dev.espalier.core.error.SyntaxException if the pattern is malformed; with place
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it uses what is no part of ECMA-262; with place
     * @throws EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    public RegexTree tree(String pattern, WorkBudget budget) {
        SourceText source = SourceText.pattern("", pattern, budget.limits());
        int nesting = NestingScan.regex(source, budget.limits());
        return DeepStack.call(nesting, () -> {
            RegexTreeTranslation translation = new RegexTreeTranslation(source, budget);
            parser.parse(source, translation, budget);
            return translation.result();
        });
    }

    private Anchored parse(SourceText source, Expression tail, WorkBudget budget) {
        RegexTranslation translation = new RegexTranslation(source, tail, budget);
        parser.parse(source, translation, budget);
        return translation.result();
    }

    /** How many states the lexer's tables have. */
    int lexerStates() {
        return parser.lexerStates();
    }

    private static Expression full(Anchored parsed) {
        List<Expression> union = new ArrayList<>();
        for (int demand = Anchored.FREE; demand <= Anchored.BOTH; demand++) {
            Part part = parsed.part(demand);
            if (part != null) {
                union.add(part.expression());
            }
        }
        return new PlainAlgebra().choice(union);
    }

    private static Expression search(Anchored parsed) {
        List<Expression> union = new ArrayList<>();
        for (int demand = Anchored.FREE; demand <= Anchored.BOTH; demand++) {
            Part part = parsed.part(demand);
            if (part == null) {
                continue;
            }
            if (part.nullable() && demand != Anchored.BOTH) {
                return Anchored.ANYTHING;
            }
            union.add(surrounded(part.expression(), demand));
        }
        return new PlainAlgebra().choice(union);
    }

    private static Expression surrounded(Expression expression, int demand) {
        return switch (demand) {
            case Anchored.FREE -> Sequence.of(Anchored.ANYTHING, expression, Anchored.ANYTHING);
            case Anchored.START -> Sequence.of(expression, Anchored.ANYTHING);
            case Anchored.END -> Sequence.of(Anchored.ANYTHING, expression);
            default -> expression;
        };
    }
}
