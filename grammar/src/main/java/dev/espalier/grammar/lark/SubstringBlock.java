// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.lark.LarkNode.Spot;
import dev.espalier.grammar.source.PlainAlgebra;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code %regex} blocks: some neighbouring parts of a text, or none. */
final class SubstringBlock {

    private static final Pattern MEMBER = Pattern.compile(
            "\\{\\s*\"(substring_words|substring_chars|substring_chunks)\"\\s*:\\s*(.*)\\}", Pattern.DOTALL);
    private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(,|\\]|$)", Pattern.DOTALL);
    private static final Pattern WORDS = Pattern.compile("\\w+|[^\\w]", Pattern.UNICODE_CHARACTER_CLASS);

    private SubstringBlock() {}

    /**
     * The texts of a block.
     *
     * @throws UnsupportedFeatureException if it has another member
     */
    static Expression expression(String json, Spot spot, WorkBudget budget) {
        Matcher member = MEMBER.matcher(json);
        if (!member.matches()) {
            throw new UnsupportedFeatureException(
                    "%regex",
                    "%regex has one of substring_words, substring_chars and substring_chunks",
                    LarkDefinitions.place(spot));
        }
        List<String> strings = new ArrayList<>();
        Matcher string = STRING.matcher(member.group(2).strip());
        while (string.find()) {
            strings.add(JsonText.unescaped(string.group(1), spot));
        }
        List<String> parts = new ArrayList<>();
        for (String text : strings) {
            switch (member.group(1)) {
                case "substring_chars" -> text.codePoints().forEach(c -> parts.add(Character.toString(c)));
                case "substring_words" -> WORDS.matcher(text).results().forEach(word -> parts.add(word.group()));
                default -> parts.add(text);
            }
        }
        if (parts.size() > budget.limits().maxNesting()) {
            throw new UnsupportedFeatureException(
                    "%regex",
                    "a %regex of more than maxNesting (" + budget.limits().maxNesting() + ") parts",
                    LarkDefinitions.place(spot));
        }
        PlainAlgebra algebra = new PlainAlgebra();
        List<Expression> starts = new ArrayList<>();
        Expression rest = Expression.EMPTY;
        for (int i = parts.size() - 1; i >= 0; i--) {
            rest = algebra.repeat(Expression.Sequence.of(Literal.of(parts.get(i)), rest), 0, 1);
            starts.add(rest);
        }
        return starts.isEmpty() ? Expression.EMPTY : algebra.choice(starts);
    }
}
