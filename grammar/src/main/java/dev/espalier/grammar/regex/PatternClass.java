// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.regex.RegexEscapes.Escape;
import dev.espalier.grammar.source.SourceText;
import java.util.function.UnaryOperator;

/** Reads the inside of {@code [...]} in Python's and Rust's regular expressions. */
final class PatternClass {

    private final SourceText source;
    private final PatternEscapes escapes;
    private final PatternDialect dialect;
    private final boolean ascii;
    private final UnaryOperator<CodePoints> fold;
    private final WorkBudget budget;

    PatternClass(
            SourceText source,
            PatternEscapes escapes,
            PatternDialect dialect,
            boolean ascii,
            UnaryOperator<CodePoints> fold,
            WorkBudget budget) {
        this.source = source;
        this.escapes = escapes;
        this.dialect = dialect;
        this.ascii = ascii;
        this.fold = fold;
        this.budget = budget;
    }

    /**
     * The members of a class.
     *
     * @param from the index after the opening bracket
     * @param to the index of the closing bracket
     */
    CodePoints members(int from, int to) {
        boolean negated = source.at(from) == '^';
        CodePoints members = CodePoints.NONE;
        int at = negated ? from + 1 : from;
        while (at < to) {
            budget.step();
            Escape first = read(at);
            boolean isRange = source.at(first.end()) == '-' && first.end() + 1 < to;
            if (!isRange) {
                members = members.union(first.members());
                at = first.end();
                continue;
            }
            Escape last = read(first.end() + 1);
            if (first.codePoint() < 0 || last.codePoint() < first.codePoint()) {
                throw source.error("the ends of a range are no characters, or the wrong way round", at);
            }
            members = members.union(CodePoints.range(first.codePoint(), last.codePoint()));
            at = last.end();
        }
        CodePoints folded = fold.apply(members);
        return negated ? folded.complement() : folded;
    }

    private Escape read(int at) {
        int character = source.at(at);
        if (dialect == PatternDialect.RUST) {
            boolean twice = source.at(at + 1) == character && "&-~".indexOf(character) >= 0;
            if (character == '[' || twice) {
                throw new UnsupportedFeatureException(
                        source.slice(at, at + 2),
                        "classes inside classes, and operators on them, are not supported",
                        source.place(at));
            }
        }
        return character == '\\'
                ? escapes.read(at, true, ascii)
                : new Escape(CodePoints.of(character), character, at + 1);
    }
}
