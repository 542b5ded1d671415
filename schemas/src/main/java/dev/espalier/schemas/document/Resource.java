// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.Draft;

/**
 * A schema resource: a schema with an identity of its own, and the schemas inside it. References without a URI are relative to it. There is
 * one object for each resource, compared by identity.
 *
 * @param document the document that contains it
 * @param base its URI without a fragment; empty if it has none
 * @param root its outermost schema
 * @param pointer the place of the outermost schema in the document
 * @param dialect the dialect of its keywords
 */
public record Resource(SchemaDocument document, String base, JsonValue root, Pointer pointer, Dialect dialect) {

    /** The draft by which it is read. */
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
