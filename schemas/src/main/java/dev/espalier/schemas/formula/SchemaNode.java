// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.Resource;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema: one of a document, one that a single constant satisfies, or a combination of several. As a child schema it is a
 * <em>lane</em>. Compared by identity.
 */
public final class SchemaNode {

    private final int lane;
    private final Located at;
    private final Kind kind;
    private final List<SchemaNode> parts;
    private final List<SchemaNode> excluded;
    private @Nullable Formula formula;
    private boolean open;
    /** The keywords that its dialect knows, in the order of their rows. */
    private final List<Keyword> keywords;
    /** A bit for each of them, by row. */
    private final long present;

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
        this.keywords = kind == Kind.SCHEMA ? keywords(at) : List.of();
        this.present =
                keywords.stream().mapToLong(keyword -> 1L << keyword.ordinal()).reduce(0, (all, bit) -> all | bit);
    }

    private static List<Keyword> keywords(Located at) {
        EnumSet<Keyword> found = EnumSet.noneOf(Keyword.class);
        if (at.value() instanceof JsonValue.Members object) {
            for (String name : object.members().keySet()) {
                Keyword keyword = at.resource().dialect().keyword(name);
                if (keyword != null) {
                    found.add(keyword);
                }
            }
        }
        return List.copyOf(found);
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

    /** The schemas that it combines. */
    List<SchemaNode> parts() {
        return parts;
    }

    /** The schemas none of which must hold. */
    List<SchemaNode> excluded() {
        return excluded;
    }

    /** The location at which it was first met. */
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
        return (present >>> keyword.ordinal() & 1) != 0 ? at.get(keyword) : null;
    }

    /** The keywords that its dialect knows, in the order of their rows. */
    List<Keyword> keywords() {
        return keywords;
    }

    /** Its verdict on every value, if its text shows that at once; null if it depends on the value. */
    @Nullable
    Boolean always() {
        if (!isSchema()) {
            return null;
        }
        if (value() instanceof JsonValue.Literal literal) {
            return literal.isTrue();
        }
        return value() instanceof JsonValue.Members && keywords.isEmpty() ? Boolean.TRUE : null;
    }

    /** Its formula; null until computed. */
    @Nullable
    public Formula formula() {
        return formula;
    }

    public void formula(Formula worked) {
        formula = worked;
    }

    /** Drops its formula. */
    void forget() {
        formula = null;
    }

    /** True while its formula is being computed. */
    boolean isOpen() {
        return open;
    }

    void open(boolean now) {
        open = now;
    }
}
