// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.WorkBudget;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The meanings of the keywords for values of any type: {@code type}, {@code enum}, {@code const}. */
final class AnyTypeKeywords {

    private final ArrayKeywords arrays;
    private final ObjectKeywords objects;
    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Supplier<WorkBudget> budget;

    AnyTypeKeywords(
            ArrayKeywords arrays, ObjectKeywords objects, Diagrams diagrams, Atoms atoms, Supplier<WorkBudget> budget) {
        this.arrays = arrays;
        this.objects = objects;
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.budget = budget;
    }

    void type(SchemaNode schema, JsonValue value, Conjunction all) {
        Set<String> names = new HashSet<>();
        for (JsonValue name : value instanceof JsonValue.Items list ? list.items() : List.of(value)) {
            names.add(((JsonValue.Text) name).value());
        }
        EnumSet<JsonType> types = EnumSet.noneOf(JsonType.class);
        for (String name : names) {
            switch (name) {
                case "null" -> types.add(JsonType.NULL);
                case "boolean" -> types.addAll(Set.of(JsonType.TRUE, JsonType.FALSE));
                case "string" -> types.add(JsonType.STRING);
                case "array" -> types.add(JsonType.ARRAY);
                case "object" -> types.add(JsonType.OBJECT);
                default -> types.add(JsonType.NUMBER);
            }
        }
        all.only(types);
        if (names.contains("integer") && !names.contains("number")) {
            boolean byText = schema.resource().draft() == Draft.DRAFT_4;
            all.add(JsonType.NUMBER, atoms.number(new NumberTest.Integral(byText)));
        }
    }

    void enumeration(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(constants(schema, ((JsonValue.Items) value).items()));
    }

    void constant(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(constants(schema, List.of(value)));
    }

    /** The formula that some constants satisfy, and nothing else. */
    Formula constants(SchemaNode holder, List<JsonValue> values) {
        int[] diagram = new int[Formula.TYPES];
        Arrays.fill(diagram, Diagrams.DEAD);
        List<String> words = new ArrayList<>();
        Set<BigDecimal> numbers = new HashSet<>();
        List<Integer> lists = new ArrayList<>();
        List<Integer> records = new ArrayList<>();
        for (JsonValue value : values) {
            if (value instanceof JsonValue.Text text) {
                words.add(text.value());
            } else if (value instanceof JsonValue.Numeral number) {
                numbers.add(number.value());
            } else if (value instanceof JsonValue.Items array) {
                lists.add(arrays.constant(holder, array));
            } else if (value instanceof JsonValue.Members object) {
                records.add(objects.constant(holder, object));
            } else if (value instanceof JsonValue.Literal literal) {
                JsonType type = literal.isNull() ? JsonType.NULL : literal.isTrue() ? JsonType.TRUE : JsonType.FALSE;
                diagram[type.ordinal()] = Diagrams.ZERO;
            }
        }
        if (!words.isEmpty()) {
            diagram[JsonType.STRING.ordinal()] = atoms.text(CharacterAutomatonBuilder.words(words, budget.get()));
        }
        if (!numbers.isEmpty()) {
            diagram[JsonType.NUMBER.ordinal()] = atoms.number(new NumberTest.OneOf(numbers));
        }
        diagram[JsonType.ARRAY.ordinal()] = any(lists);
        diagram[JsonType.OBJECT.ordinal()] = any(records);
        return new Formula(diagram);
    }

    private int any(List<Integer> parts) {
        return diagrams.or(parts.stream().mapToInt(part -> part).toArray());
    }
}
