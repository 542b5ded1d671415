// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.schemas.json.JsonValue;

/** The schemas that a schema applies, to its own value or to values inside it. */
public final class Successors {

    private final SchemaDocuments documents;

    public Successors(SchemaDocuments documents) {
        this.documents = documents;
    }

    /** A receiver of applied schemas, each with the keyword that applies it. */
    public interface Visitor {
        void visit(Keyword keyword, Located schema);
    }

    /** Visits the schemas that a well-formed schema applies. */
    public void forEach(Located at, Visitor visitor) {
        for (Keyword keyword : Keyword.REFERENCES) {
            if (at.get(keyword) instanceof JsonValue.Text) {
                visitor.visit(keyword, follow(at, keyword));
            }
        }
        if (at.hidesSiblings()) {
            return;
        }
        Subschemas.forEachApplied(at.value(), at.resource().dialect(), at.pointer(), (keyword, schema, pointer) -> {
            if (!(schema instanceof JsonValue.Items)) {
                visitor.visit(keyword, at.child(schema, pointer));
            }
        });
    }

    /** The schema to which a reference of a schema leads. */
    public Located follow(Located at, Keyword keyword) {
        if (!(at.get(keyword) instanceof JsonValue.Text reference)) {
            throw new IllegalArgumentException("no " + keyword.text() + " at " + at.pointer());
        }
        return documents.follow(
                keyword,
                reference.value(),
                at,
                () -> at.resource().document().place(reference, at.pointer().then(keyword.text())));
    }
}
