// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.core.error.Place;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.Draft;
import org.jspecify.annotations.Nullable;

/**
 * A schema with its location and the path that leads to it. Equal when they are the same value of the same text, reached with the same
 * dynamic scope.
 *
 * @param value its JSON value
 * @param resource the resource in which its references are resolved
 * @param pointer its place in the resource's document
 * @param scope the dynamic anchors of the resources on the path, its own included
 */
public record Located(JsonValue value, Resource resource, Pointer pointer, DynamicScope scope) {

    /** A schema inside this one. */
    public Located child(JsonValue inner, Pointer at) {
        return resource.document().inside(inner, resource, at).reachedFrom(scope);
    }

    /** This schema, reached on a path with a scope. */
    Located reachedFrom(DynamicScope way) {
        DynamicScope own = way.enter(resource);
        return own == scope ? this : new Located(value, resource, pointer, own);
    }

    /** This schema with another scope. */
    Located with(DynamicScope other) {
        return other == scope ? this : new Located(value, resource, pointer, other);
    }

    /** The value of a keyword, if the schema's dialect knows it; null otherwise. */
    @Nullable
    public JsonValue get(Keyword keyword) {
        JsonValue found =
                value instanceof JsonValue.Members object ? object.members().get(keyword.text()) : null;
        return found != null && resource.dialect().knows(keyword) ? found : null;
    }

    /** Whether a {@code $ref} hides the other keywords. */
    public boolean hidesSiblings() {
        return !resource.draft().since(Draft.DRAFT_2019_09)
                && value instanceof JsonValue.Members object
                && object.members().containsKey(Keyword.REF.text());
    }

    /** The place of the schema. */
    public Place place() {
        return resource.document().place(value, pointer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Located that && value == that.value && scope.equals(that.scope);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(value) * 31 + scope.hashCode();
    }
}
