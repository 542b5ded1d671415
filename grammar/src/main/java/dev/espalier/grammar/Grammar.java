// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.ReferenceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Named rules and the one to start from. Immutable; may be shared between threads.
 *
 * @param root the name of the start rule
 * @param rules all rules in the order they were written
 */
public record Grammar(String root, Map<String, Expression> rules) implements Syntax {

    /**
     * Checks the root; that every reference leads to a rule is the readers' work, since they know the places.
     *
     * @throws ReferenceException if there is no rule called {@code root}
     */
    public Grammar {
        rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
        if (!rules.containsKey(root)) {
            throw new ReferenceException("the grammar has no rule called \"" + root + "\"", Place.UNKNOWN);
        }
    }

    /** A grammar of one expression, called {@code root}. */
    public static Grammar of(Expression expression) {
        return new Grammar("root", Map.of("root", expression));
    }

    @Override
    public Set<String> ruleNames() {
        return rules.keySet();
    }

    /** The expression of a rule that exists. */
    public Expression rule(String name) {
        Expression expression = rules.get(name);
        if (expression == null) {
            throw new ReferenceException("the grammar has no rule called \"" + name + "\"", Place.UNKNOWN);
        }
        return expression;
    }
}
