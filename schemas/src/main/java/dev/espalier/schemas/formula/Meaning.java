package dev.espalier.schemas.formula;

import dev.espalier.schemas.json.JsonValue;
import java.math.BigDecimal;

/** What one keyword says: it adds what must hold to a conjunction. */
@FunctionalInterface
interface Meaning {

    int MANY = Integer.MAX_VALUE - 2;

    /**
     * Adds what a schema says by the keyword.
     *
     * @param value the keyword's value, of the keyword's form
     */
    void add(SchemaNode schema, JsonValue value, Conjunction all);

    /** A count; one beyond any real value where it is larger. */
    static int count(JsonValue value) {
        BigDecimal count = ((JsonValue.Numeral) value).value();
        return count.compareTo(BigDecimal.valueOf(MANY)) > 0 ? MANY : count.intValueExact();
    }
}
