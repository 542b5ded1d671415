package dev.espalier.schemas;

import org.jspecify.annotations.Nullable;

/**
 * One schema of a document, or one constant seen as the schema that only it satisfies. As a child schema it is a
 * <em>lane</em>. Compared by identity.
 */
final class SchemaNode {

    private final int lane;
    private final JsonValue value;
    private final boolean constant;
    private final Resource resource;
    private final Pointer pointer;
    private @Nullable Formula formula;
    private boolean open;

    SchemaNode(int lane, JsonValue value, boolean constant, Resource resource, Pointer pointer) {
        this.lane = lane;
        this.value = value;
        this.constant = constant;
        this.resource = resource;
        this.pointer = pointer;
    }

    /** Its number among the lanes. */
    int lane() {
        return lane;
    }

    /** The schema's text, or the constant. */
    JsonValue value() {
        return value;
    }

    /** Whether this is a constant. */
    boolean isConstant() {
        return constant;
    }

    /** The resource that its references are resolved in. */
    Resource resource() {
        return resource;
    }

    /** Where it was first met. */
    Pointer pointer() {
        return pointer;
    }

    /** The value of a keyword; null where there is none. */
    @Nullable
    JsonValue get(String keyword) {
        return value instanceof JsonValue.Members object ? object.members().get(keyword) : null;
    }

    /** What it says; null until that is worked out. */
    @Nullable
    Formula formula() {
        return formula;
    }

    void formula(Formula worked) {
        formula = worked;
    }

    /** Whether its formula is being worked out. */
    boolean isOpen() {
        return open;
    }

    void open(boolean now) {
        open = now;
    }
}
