// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import java.util.function.Supplier;

/** The formulas of schemas, each computed on first use. Not thread-safe. */
interface FormulaSource {

    /**
     * The formula of a schema.
     *
     * @throws dev.espalier.core.error.ReferenceException if it applies to itself in place, which has no meaning
     */
    Formula of(SchemaNode schema);

    /**
     * The diagram of a schema for strings. Keywords for arrays and objects are not examined, so that a schema may apply to its own
     * keys.
     */
    int ofTexts(SchemaNode schema);

    /** Runs recursive work so that no depth overflows the stack: chains of references have any length. */
    <T> T deep(Supplier<T> work);
}
