// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import java.math.BigDecimal;

/** The meanings of the keywords for numbers. In draft 4 exclusive bounds are flags beside the others. */
final class NumberKeywords {

    private final Diagrams diagrams;
    private final Atoms atoms;

    NumberKeywords(Diagrams diagrams, Atoms atoms) {
        this.diagrams = diagrams;
        this.atoms = atoms;
    }

    void minimum(SchemaNode schema, JsonValue value, Conjunction all) {
        lower(number(value), isFlagged(schema, Keyword.EXCLUSIVE_MINIMUM), all);
    }

    void maximum(SchemaNode schema, JsonValue value, Conjunction all) {
        upper(number(value), isFlagged(schema, Keyword.EXCLUSIVE_MAXIMUM), all);
    }

    void exclusiveMinimum(SchemaNode schema, JsonValue value, Conjunction all) {
        if (value instanceof JsonValue.Numeral) {
            lower(number(value), true, all);
        }
    }

    void exclusiveMaximum(SchemaNode schema, JsonValue value, Conjunction all) {
        if (value instanceof JsonValue.Numeral) {
            upper(number(value), true, all);
        }
    }

    void multipleOf(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(JsonType.NUMBER, atoms.number(new NumberTest.MultipleOf(number(value))));
    }

    private static BigDecimal number(JsonValue value) {
        return ((JsonValue.Numeral) value).value();
    }

    private static boolean isFlagged(SchemaNode schema, Keyword flag) {
        return schema.resource().draft() == Draft.DRAFT_4 && JsonValue.isTrue(schema.get(flag));
    }

    private void lower(BigDecimal bound, boolean isExclusive, Conjunction all) {
        all.add(
                JsonType.NUMBER,
                atoms.number(isExclusive ? new NumberTest.Above(bound) : new NumberTest.AtLeast(bound)));
    }

    private void upper(BigDecimal bound, boolean isExclusive, Conjunction all) {
        NumberTest beyond = isExclusive ? new NumberTest.AtLeast(bound) : new NumberTest.Above(bound);
        all.add(JsonType.NUMBER, diagrams.not(atoms.number(beyond)));
    }
}
