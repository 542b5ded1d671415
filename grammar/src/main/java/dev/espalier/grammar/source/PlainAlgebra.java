// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.source;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.Expression.Choice;
import dev.espalier.grammar.Expression.Literal;
import dev.espalier.grammar.Expression.Repeat;
import dev.espalier.grammar.Expression.Sequence;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Expressions as they are written, without nodes that say nothing. */
public final class PlainAlgebra implements ExpressionBuilder.Algebra<Expression> {

    @Override
    public Expression sequence(List<Expression> items) {
        List<Expression> merged = new ArrayList<>(items.size());
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (Expression item : items) {
            if (item instanceof Literal literal) {
                text.writeBytes(literal.bytes().toByteArray());
            } else {
                flush(text, merged);
                merged.add(item);
            }
        }
        flush(text, merged);
        return switch (merged.size()) {
            case 0 -> Expression.EMPTY;
            case 1 -> merged.get(0);
            default -> new Sequence(merged);
        };
    }

    private static void flush(ByteArrayOutputStream text, List<Expression> items) {
        if (text.size() > 0) {
            items.add(new Literal(ByteString.of(text.toByteArray())));
            text.reset();
        }
    }

    @Override
    public Expression choice(List<Expression> alternatives) {
        return switch (alternatives.size()) {
            case 0 -> Expression.NOTHING;
            case 1 -> alternatives.get(0);
            default -> new Choice(alternatives);
        };
    }

    @Override
    public Expression repeat(Expression item, int min, int max) {
        if (max == 0) {
            return Expression.EMPTY;
        }
        return min == 1 && max == 1 ? item : new Repeat(item, min, max);
    }
}
