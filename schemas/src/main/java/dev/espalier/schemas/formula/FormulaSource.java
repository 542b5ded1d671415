package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import java.util.function.Supplier;

/** The formulas of schemas, each worked out when it is first asked for. Not thread-safe. */
interface FormulaSource {

    /**
     * What a schema says.
     *
     * @throws dev.espalier.core.error.ReferenceException if it applies to itself in place, which has no meaning
     */
    Formula of(SchemaNode schema);

    /**
     * What a schema says of strings. No keyword for arrays and objects is looked at, so that the schema may be the one of its own
     * keys.
     */
    int ofTexts(SchemaNode schema);

    /** Runs work that recurses in place, so that no depth overflows: chains of references have any length. */
    <T> T deep(Supplier<T> work);
}
