// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.grammar.Expression;
import dev.espalier.tag.TagFormat.Mark;
import dev.espalier.tag.TagFormat.TokenName;
import java.util.ArrayList;
import java.util.List;

/**
 * What may stand behind a format.
 *
 * @param mayBeNothing whether nothing may
 */
record Ends(List<String> texts, List<TokenName> tokens, boolean mayBeNothing) {

    static final Ends NONE = new Ends(List.of(), List.of(), true);

    static Ends of(List<Mark> marks) {
        List<String> texts = new ArrayList<>();
        List<TokenName> tokens = new ArrayList<>();
        for (Mark mark : marks) {
            if (mark instanceof Mark.Token token) {
                tokens.add(token.token());
            } else if (mark instanceof Mark.Text text) {
                texts.add(text.text());
            }
        }
        boolean mayBeNothing = texts.contains("");
        return new Ends(texts.stream().filter(text -> !text.isEmpty()).toList(), tokens, mayBeNothing);
    }

    Expression expression() {
        if (equals(NONE)) {
            return Expression.EMPTY;
        }
        List<Expression> all = new ArrayList<>(tokenExpressions());
        texts.forEach(text -> all.add(Expression.Literal.of(text)));
        return new Expression.Choice(all);
    }

    /** The ends that are no texts. */
    List<Expression> tokenExpressions() {
        List<Expression> all = new ArrayList<>();
        tokens.forEach(token -> all.add(special(token)));
        if (mayBeNothing) {
            all.add(Expression.EMPTY);
        }
        return all;
    }

    /** The ends that are texts, with nothing behind them. */
    List<Expression.FreeText.Stop> stops() {
        return texts.stream()
                .map(text -> new Expression.FreeText.Stop(text, Expression.EMPTY))
                .toList();
    }

    static Expression.SpecialToken special(TokenName token) {
        return new Expression.SpecialToken(token.text(), token.id());
    }
}
