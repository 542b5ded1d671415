package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.Resource;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Pointer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One schema of a document, or one constant seen as the schema that only it satisfies, or several schemas put together. As
 * a child schema it is a <em>lane</em>. Compared by identity.
 */
public final class SchemaNode {

    private final int lane;
    private final Located at;
    private final Kind kind;
    private final List<SchemaNode> parts;
    private final List<SchemaNode> excluded;
    private @Nullable Formula formula;
    private boolean open;
    /** A bit for each keyword that the schema has. */
    private final long keywords;

    /** What a node is. */
    enum Kind {
        /** A schema of a document. */
        SCHEMA,
        /** A constant. */
        CONSTANT,
        /** Any of its parts. */
        ANY,
        /** All of its parts and none of those excluded. */
        ONLY
    }

    /**
     * A node.
     *
     * @param at the schema, or the constant; its first part if it is put together
     */
    SchemaNode(int lane, Located at, Kind kind, List<SchemaNode> parts, List<SchemaNode> excluded) {
        this.lane = lane;
        this.at = at;
        this.kind = kind;
        this.parts = parts;
        this.excluded = excluded;
        this.keywords = kind == Kind.SCHEMA ? keywords(at.value()) : 0;
    }

    /** Most schemas have few keywords, and are asked for all of them. */
    private static long keywords(JsonValue schema) {
        long found = 0;
        if (schema instanceof JsonValue.Members object) {
            for (String name : object.members().keySet()) {
                Keyword keyword = Keyword.named(name);
                found |= keyword == null ? 0 : 1L << keyword.ordinal();
            }
        }
        return found;
    }

    /** Its number among the lanes. */
    public int lane() {
        return lane;
    }

    /** The schema's text, or the constant. */
    JsonValue value() {
        return at.value();
    }

    Kind kind() {
        return kind;
    }

    /** Whether this is a constant. */
    boolean isConstant() {
        return kind == Kind.CONSTANT;
    }

    /** Whether this is a schema of a document, with keywords of its own. */
    boolean isSchema() {
        return kind == Kind.SCHEMA;
    }

    /** The schemas that it is put together of. */
    List<SchemaNode> parts() {
        return parts;
    }

    /** The schemas none of which must hold. */
    List<SchemaNode> excluded() {
        return excluded;
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
        return (keywords >>> keyword.ordinal() & 1) != 0 ? at.get(keyword) : null;
    }

    /** What it says; null until that is worked out. */
    @Nullable
    public Formula formula() {
        return formula;
    }

    public void formula(Formula worked) {
        formula = worked;
    }

    /** Forgets what it says. */
    void forget() {
        formula = null;
    }

    /** Whether its formula is being worked out. */
    boolean isOpen() {
        return open;
    }

    void open(boolean now) {
        open = now;
    }
}
