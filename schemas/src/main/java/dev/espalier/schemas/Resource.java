package dev.espalier.schemas;

/**
 * A schema that has an identity of its own, with what lies in it: what references without a URI are relative to.
 *
 * @param base its URI without a fragment; empty when it has none
 * @param root its outermost schema
 * @param pointer where that is in the document
 * @param draft the draft that it is read by
 */
record Resource(String base, JsonValue root, Pointer pointer, Draft draft) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(root);
    }
}
