// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.error.Place;
import dev.espalier.schemas.atom.KeySet;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The demand that each key of an object is evaluated, or its value good. What is known of an object may settle which keys are evaluated:
 * then the others are one class of keys, and not a class for each name.
 *
 * @param keyword the keyword's meaning
 * @param holder the schema with the keyword
 * @param evaluated sets of keys, each with guards: they are evaluated if one holds
 * @param rest the schema for the values of all other keys
 */
record Unevaluated(
        UnevaluatedProperties keyword, SchemaNode holder, Map<KeySet, Set<Integer>> evaluated, SchemaNode rest) {

    /** The demand once some atoms are true, and others false. */
    Unevaluated decided(BitSet yes, BitSet no) {
        return new Unevaluated(keyword, holder, keyword.decided(evaluated, yes, no), rest);
    }

    /** The atoms that decide which keys are evaluated. */
    BitSet support() {
        return keyword.support(evaluated);
    }

    /** The demand as truths, one for each class of keys. */
    List<Integer> truths() {
        return keyword.demands(evaluated, rest);
    }

    Place place() {
        return keyword.place(holder);
    }
}
