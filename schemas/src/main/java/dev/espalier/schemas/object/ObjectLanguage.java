package dev.espalier.schemas.object;

import dev.espalier.automata.Horizon;
import dev.espalier.schemas.formula.ObjectUnions;
import dev.espalier.schemas.state.SchemaState;
import dev.espalier.schemas.value.ValueLanguage;
import org.jspecify.annotations.Nullable;

/** What the states of objects know of their schema beside what all values do. */
public interface ObjectLanguage extends ValueLanguage {

    /** What a state within an object has in common with others of the schema that no text of a horizon tells from it. */
    Object kind(SchemaState state, Horizon horizon);

    /** The same with states of other schemas; null where that cannot be said without the schema. */
    @Nullable
    Object sharedKind(SchemaState state, Horizon horizon);

    /** The unions of objects that were written. */
    ObjectUnions unions();
}
