// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.schemas.formula.ObjectUnions;
import dev.espalier.schemas.state.SchemaState;
import dev.espalier.schemas.value.ValueLanguage;
import org.jspecify.annotations.Nullable;

/** The language of one schema, as the states of its objects see it. */
public interface ObjectLanguage extends ValueLanguage {

    /** The kind of a state inside an object: equal for states of the schema that no text of a horizon can distinguish. */
    Object kind(SchemaState state, Horizon horizon);

    /** The kind of a state across schemas; null if it cannot be described without the schema. */
    @Nullable
    Object sharedKind(SchemaState state, Horizon horizon);

    /** The unions of objects as schemas wrote them. */
    ObjectUnions unions();
}
