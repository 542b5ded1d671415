// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.syntax;

import dev.espalier.chat.syntax.Expression.Passed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the arguments of a call in the order that the language allows. */
final class PassedBuilder {

    private final List<Expression> positional = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Expression> named = new ArrayList<>();
    private @Nullable Expression rest;
    private @Nullable Expression namedRest;

    void add(Expression value, int offset, TokenStream tokens) {
        check(names.isEmpty() && rest == null && namedRest == null, offset, tokens);
        positional.add(value);
    }

    void add(String name, Expression value, int offset, TokenStream tokens) {
        check(namedRest == null, offset, tokens);
        if (names.contains(name)) {
            throw tokens.source().error("the argument \"" + name + "\" is given twice", offset);
        }
        names.add(name);
        named.add(value);
    }

    void spread(Expression value, boolean isNamed, int offset, TokenStream tokens) {
        check(isNamed ? namedRest == null : rest == null && namedRest == null, offset, tokens);
        if (isNamed) {
            namedRest = value;
        } else {
            rest = value;
        }
    }

    private static void check(boolean isInOrder, int offset, TokenStream tokens) {
        if (!isInOrder) {
            throw tokens.source().error("this argument cannot stand after the ones before it", offset);
        }
    }

    Passed build() {
        return new Passed(positional, names, named, rest, namedRest);
    }
}
