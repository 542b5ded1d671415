package dev.espalier.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One schema of a document, or one constant seen as the schema that only it satisfies, or any of several schemas. As a
 * child schema it is a <em>lane</em>. Compared by identity.
 */
final class SchemaNode {

    private final int lane;
    private final Located at;
    private final boolean constant;
    private final List<SchemaNode> alternatives;
    private @Nullable Formula formula;
    private boolean open;

    /**
     * A node.
     *
     * @param at the schema, or the constant; for a union its first part
     * @param alternatives the parts of a union; empty if this is none
     */
    SchemaNode(int lane, Located at, boolean constant, List<SchemaNode> alternatives) {
        this.lane = lane;
        this.at = at;
        this.constant = constant;
        this.alternatives = alternatives;
    }

    /** Its number among the lanes. */
    int lane() {
        return lane;
    }

    /** The schema's text, or the constant. */
    JsonValue value() {
        return at.value();
    }

    /** Whether this is a constant. */
    boolean isConstant() {
        return constant;
    }

    /** The schemas any of which is enough; empty if this is a single schema or a constant. */
    List<SchemaNode> alternatives() {
        return alternatives;
    }

    /** Whether this is a schema of a document, with keywords of its own. */
    boolean isSchema() {
        return !constant && alternatives.isEmpty();
    }

    /** Where it was first met. */
    Located at() {
        return at;
    }

    /** The resource that its references are resolved in. */
    Resource resource() {
        return at.resource();
    }

    /** Its pointer where it was first met. */
    Pointer pointer() {
        return at.pointer();
    }

    /** The value of a keyword, if the schema's dialect knows it; null otherwise. */
    @Nullable
    JsonValue get(Keyword keyword) {
        return isSchema() ? at.get(keyword) : null;
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
