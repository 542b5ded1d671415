package dev.espalier.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a value: a diagram over lanes, whose ends are the results that the asker tells apart. The results are
 * numbered in the order of the diagram's ends, so that equal demands are one goal whoever has them. Mutable parts belong
 * to {@link SchemaLanguage}.
 */
final class Goal {

    private final SchemaLanguage language;
    private final int diagram;
    private final int[] typed = new int[Formula.TYPES];
    private int known;
    /** The results found so far; all of them once {@link #isFinal}. */
    Reach reach = Reach.NONE;

    boolean isFinal;
    int round;

    @Nullable
    StringFrame strings;

    @Nullable
    NumberLanguage numbers;

    @Nullable
    List<ObjectFrame> objects;

    @Nullable
    ArrayFrame arrays;

    Goal(SchemaLanguage language, int diagram) {
        this.language = language;
        this.diagram = diagram;
    }

    /** Who knows all of it. */
    SchemaLanguage language() {
        return language;
    }

    /** The diagram over lanes. */
    int diagram() {
        return diagram;
    }

    /** Whether the diagram of a type is worked out. */
    boolean knows(JsonType type) {
        return (known >> type.ordinal() & 1) != 0;
    }

    /** The diagram over a type's atoms. */
    int typed(JsonType type) {
        return typed[type.ordinal()];
    }

    void typed(JsonType type, int worked) {
        typed[type.ordinal()] = worked;
        known |= 1 << type.ordinal();
    }
}
