package dev.espalier.schemas.document;

import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.Draft;

/**
 * A schema that has an identity of its own, with what lies in it: what references without a URI are relative to. One
 * object a resource: compared by identity.
 *
 * @param document the text that it is in
 * @param base its URI without a fragment; empty when it has none
 * @param root its outermost schema
 * @param pointer where that is in the document
 * @param dialect what its keywords mean
 */
public record Resource(SchemaDocument document, String base, JsonValue root, Pointer pointer, Dialect dialect) {

    /** The draft that it is read by. */
    public Draft draft() {
        return dialect.draft();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(root);
    }
}
