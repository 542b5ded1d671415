package dev.espalier.schemas.object;

import dev.espalier.schemas.formula.ObjectUnions;
import dev.espalier.schemas.value.ValueLanguage;

/** What the states of objects know of their schema beside what all values do. */
public interface ObjectLanguage extends ValueLanguage {

    /** What states within objects have in common. */
    MemberKinds memberKinds();

    /** The unions of objects that were written. */
    ObjectUnions unions();
}
