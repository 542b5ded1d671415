package dev.espalier.schemas;

import dev.espalier.schemas.formula.ObjectUnions;

/** What the states of objects know of their schema beside what all values do. */
public interface ObjectLanguage extends ValueLanguage {

    /** What states within objects have in common. */
    MemberKinds memberKinds();

    /** The unions of objects that were written. */
    ObjectUnions unions();
}
