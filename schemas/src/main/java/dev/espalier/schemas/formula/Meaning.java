// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.json.JsonValue;
import java.math.BigDecimal;

/** The meaning of one keyword, which adds its demands to a conjunction. */
@FunctionalInterface
interface Meaning {

    int MANY = Integer.MAX_VALUE - 2;

    /**
     * Adds the demands of a schema's keyword.
     *
     * @param value the keyword's value, of the keyword's form
     */
    void add(SchemaNode schema, JsonValue value, Conjunction all);

    /** The value as a count; a count beyond any real value if it is larger. */
    static int count(JsonValue value) {
        BigDecimal count = ((JsonValue.Numeral) value).value();
        return count.compareTo(BigDecimal.valueOf(MANY)) > 0 ? MANY : count.intValueExact();
    }
}
