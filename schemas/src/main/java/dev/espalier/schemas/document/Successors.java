package dev.espalier.schemas.document;

import dev.espalier.schemas.json.JsonValue;
import java.util.Set;

/** The schemas that a schema applies, to its own value or to values inside it. */
public final class Successors {

    private static final Set<String> IN_PLACE = Set.of(
            "$ref",
            "$dynamicRef",
            "$recursiveRef",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentSchemas",
            "dependencies");

    private final SchemaDocuments documents;

    public Successors(SchemaDocuments documents) {
        this.documents = documents;
    }

    /** Receives an applied schema with the keyword that applies it. */
    public interface Visitor {
        void visit(String keyword, Located schema);
    }

    /** Whether a keyword applies a schema to the value itself, not to one inside it. */
    public static boolean isInPlace(String keyword) {
        return IN_PLACE.contains(keyword);
    }

    /** Visits the schemas that a well-formed schema applies. */
    public void forEach(Located at, Visitor visitor) {
        for (Keyword keyword : Keyword.REFERENCES) {
            if (at.get(keyword) instanceof JsonValue.Text) {
                visitor.visit(keyword.text(), follow(at, keyword));
            }
        }
        if (at.hidesSiblings()) {
            return;
        }
        Subschemas.forEach(at.value(), at.resource().dialect(), at.pointer(), false, (keyword, schema, pointer) -> {
            if (!(schema instanceof JsonValue.Items)) {
                visitor.visit(keyword, at.child(schema, pointer));
            }
        });
    }

    /** The schema that a reference of a schema leads to. */
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
