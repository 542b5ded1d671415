// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.regex;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.grammar.CodePoints;
import dev.espalier.grammar.source.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads the inside of {@code [...]}. */
final class RegexClass {

    private final SourceText source;
    private final RegexEscapes escapes;
    private final WorkBudget budget;
    private final UnaryOperator<CodePoints> fold;
    private int[] ranges = new int[8];
    private int size;
    private final List<CodePoints> sets = new ArrayList<>();

    /**
     * The inside of one class.
     *
     * @param fold adds the characters that are one with those written, before a {@code ^} is applied
     */
    RegexClass(SourceText source, RegexEscapes escapes, WorkBudget budget, UnaryOperator<CodePoints> fold) {
        this.fold = fold;
        this.source = source;
        this.escapes = escapes;
        this.budget = budget;
    }

    /**
     * The members of a class. A hyphen beside a class such as {@code \w} is itself, as browsers read it.
     *
     * @param from the index after the opening bracket
     * @param to the index of the closing bracket
     * @throws SyntaxException if an escape is malformed or a range is the wrong way round
     */
    CodePoints members(int from, int to) {
        boolean negated = source.at(from) == '^';
        int index = negated ? from + 1 : from;
        while (index < to) {
            budget.step();
            index = readRange(index, to);
        }
        CodePoints members = CodePoints.ofRanges(Arrays.copyOf(ranges, size));
        for (CodePoints set : sets) {
            members = members.union(set);
        }
        CodePoints folded = fold.apply(members);
        return negated ? folded.complement() : folded;
    }

    private int readRange(int at, int to) {
        RegexEscapes.Escape first = read(at);
        boolean isRange = source.at(first.end()) == '-' && first.end() + 1 < to;
        if (!isRange || first.codePoint() < 0) {
            add(first);
            return first.end();
        }
        RegexEscapes.Escape last = read(first.end() + 1);
        if (last.codePoint() < 0) {
            add(first);
            addRange('-', '-');
            add(last);
        } else if (last.codePoint() < first.codePoint()) {
            throw source.error("the ends of a range are the wrong way round", at);
        } else {
            addRange(first.codePoint(), last.codePoint());
        }
        return last.end();
    }

    private RegexEscapes.Escape read(int at) {
        int character = source.at(at);
        return character == '\\' ? escapes.read(at, true) : new RegexEscapes.Escape(CodePoints.NONE, character, at + 1);
    }

    private void add(RegexEscapes.Escape item) {
        if (item.codePoint() < 0) {
            sets.add(item.members());
        } else {
            addRange(item.codePoint(), item.codePoint());
        }
    }

    private void addRange(int first, int last) {
        if (size + 2 > ranges.length) {
            ranges = Arrays.copyOf(ranges, 2 * size);
        }
        ranges[size++] = first;
        ranges[size++] = last;
    }
}
