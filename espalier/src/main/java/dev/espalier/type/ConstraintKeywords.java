// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Set;
import java.util.function.BiPredicate;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Constraints of Jakarta Validation as keywords of the schema of what they stand on. */
final class ConstraintKeywords {

    /** Texts whose characters are one UTF-16 unit each: {@code @Size} counts units, {@code maxLength} characters. */
    private static final String ONE_UNIT_EACH = "^[\\u0000-\\ud7ff\\ue000-\\uffff]*$";

    private static final String WORD = "[A-Za-z0-9_+-]{1,15}";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?";

    /** Addresses that every implementation of {@code @Email} takes; at most 64 characters before the sign. */
    private static final String EMAIL =
            "^" + WORD + "(\\." + WORD + "){0,3}@" + LABEL + "(\\." + LABEL + "){0,4}\\.[A-Za-z]{2,24}$";

    private enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        ARRAY,
        MAP,
        OTHER
    }

    private final Constraint constraint;
    private final ObjectNode node;
    private final JavaType type;
    private final Kind kind;
    private final String path;

    private ConstraintKeywords(Constraint constraint, ObjectNode node, JavaType type, String path) {
        this.constraint = constraint;
        this.node = node;
        this.type = type;
        this.kind = kind(type);
        this.path = path;
    }

    /** Whether constraints ask that an array or a map has something in it. */
    static boolean needContent(Set<Constraint> constraints) {
        return constraints.stream().anyMatch(one -> switch (one.name()) {
            case "NotEmpty" -> true;
            case "Size" -> one.number("min") > 0;
            default -> false;
        });
    }

    /**
     * Adds the keywords of constraints to the schema of a type.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException naming a constraint that no keyword says exactly, and its path
     */
    static void add(Set<Constraint> constraints, ObjectNode node, JavaType type, String path) {
        for (Constraint constraint : constraints) {
            new ConstraintKeywords(constraint, node, type, path).add();
        }
    }

    private void add() {
        switch (constraint.name()) {
            case "NotNull", "NotEmpty", "NotBlank", "Size", "Min", "Max", "DecimalMin", "DecimalMax" -> checkGroups();
            case "Positive", "PositiveOrZero", "Negative", "NegativeOrZero", "Digits" -> checkGroups();
            case "Pattern", "Email", "AssertTrue", "AssertFalse" -> checkGroups();
            default -> throw refused("no keyword of JSON Schema says it; give a schema by hand");
        }
        switch (constraint.name()) {
            case "NotNull" -> {}
            case "NotEmpty" -> size(1, Integer.MAX_VALUE);
            case "Size" -> size(constraint.number("min"), constraint.number("max"));
            case "NotBlank" -> pattern("[^\\u0000-\\u0020]");
            case "Pattern" -> pattern(javaPattern());
            case "Email" -> email();
            case "AssertTrue" -> flag(true);
            case "AssertFalse" -> flag(false);
            case "Digits" -> digits();
            default -> bound();
        }
    }

    private void checkGroups() {
        if (constraint.count("groups") > 0) {
            throw refused("it belongs to validation groups");
        }
    }

    private void bound() {
        switch (constraint.name()) {
            case "Min" -> bound(true, BigDecimal.valueOf(constraint.number("value")), true);
            case "Max" -> bound(false, BigDecimal.valueOf(constraint.number("value")), true);
            case "DecimalMin" -> bound(true, decimal(), constraint.flag("inclusive"));
            case "DecimalMax" -> bound(false, decimal(), constraint.flag("inclusive"));
            case "Positive" -> bound(true, BigDecimal.ZERO, false);
            case "PositiveOrZero" -> bound(true, BigDecimal.ZERO, true);
            case "Negative" -> bound(false, BigDecimal.ZERO, false);
            default -> bound(false, BigDecimal.ZERO, true);
        }
    }

    private BigDecimal decimal() {
        try {
            return new BigDecimal(constraint.text("value"));
        } catch (NumberFormatException e) {
            throw refused("its value is not a number");
        }
    }

    private void bound(boolean least, BigDecimal value, boolean inclusive) {
        if (kind == Kind.INTEGER) {
            BigDecimal whole = value.setScale(0, least ? RoundingMode.CEILING : RoundingMode.FLOOR);
            boolean outside = !inclusive && whole.compareTo(value) == 0;
            BigDecimal step = least ? BigDecimal.ONE : BigDecimal.ONE.negate();
            tighten(least ? "minimum" : "maximum", outside ? whole.add(step) : whole, least);
            checkRange();
        } else if (kind == Kind.DECIMAL) {
            String keyword = least ? "minimum" : "maximum";
            String strict = least ? "exclusiveMinimum" : "exclusiveMaximum";
            tighten(inclusive ? keyword : strict, value, least);
            checkRange();
        } else {
            throw notFor();
        }
    }

    private void tighten(String keyword, BigDecimal value, boolean least) {
        JsonNode there = node.get(keyword);
        if (there != null) {
            int order = there.decimalValue().compareTo(value);
            if (least ? order >= 0 : order <= 0) {
                return;
            }
        }
        if (value.stripTrailingZeros().scale() <= 0) {
            node.put(keyword, value.toBigIntegerExact());
        } else {
            node.put(keyword, value);
        }
    }

    private void checkRange() {
        if (isEmpty("minimum", "maximum", (least, most) -> least.compareTo(most) > 0)
                || isEmpty("exclusiveMinimum", "maximum", (least, most) -> least.compareTo(most) >= 0)
                || isEmpty("minimum", "exclusiveMaximum", (least, most) -> least.compareTo(most) >= 0)
                || isEmpty("exclusiveMinimum", "exclusiveMaximum", (least, most) -> least.compareTo(most) >= 0)) {
            throw refused("with the other bounds of " + Refusal.name(type) + " it leaves no number");
        }
    }

    private boolean isEmpty(String least, String most, BiPredicate<BigDecimal, BigDecimal> empty) {
        JsonNode from = node.get(least);
        JsonNode to = node.get(most);
        return from != null && to != null && empty.test(from.decimalValue(), to.decimalValue());
    }

    private void digits() {
        long whole = constraint.number("integer");
        long fraction = constraint.number("fraction");
        if (whole > 300 || fraction > 300) {
            throw refused("it allows more than 300 digits");
        }
        BigDecimal over = BigDecimal.ONE.scaleByPowerOfTen((int) whole);
        if (kind == Kind.INTEGER) {
            BigDecimal most = over.subtract(BigDecimal.ONE);
            tighten("minimum", most.negate(), true);
            tighten("maximum", most, false);
        } else if (type.getRawClass() == BigDecimal.class) {
            throw refused("a BigDecimal counts the zeros at its end, which a schema cannot; use double");
        } else if (kind == Kind.DECIMAL) {
            BigDecimal step = BigDecimal.ONE.scaleByPowerOfTen((int) -fraction);
            tighten("minimum", over.subtract(step).negate(), true);
            tighten("maximum", over.subtract(step), false);
            node.put("multipleOf", step);
        } else {
            throw notFor();
        }
        checkRange();
    }

    private void size(long least, long most) {
        if (most < least || least < 0) {
            throw refused("it leaves no size");
        }
        switch (kind) {
            case TEXT -> {
                count("minLength", "maxLength", least, most);
                if (most < Integer.MAX_VALUE) {
                    pattern(ONE_UNIT_EACH);
                }
            }
            case ARRAY -> count("minItems", "maxItems", least, most);
            case MAP -> count("minProperties", "maxProperties", least, most);
            default -> throw notFor();
        }
    }

    private void count(String least, String most, long from, long to) {
        if (from > 0) {
            tighten(least, BigDecimal.valueOf(from), true);
        }
        if (to < Integer.MAX_VALUE) {
            tighten(most, BigDecimal.valueOf(to), false);
        }
        if (isEmpty(least, most, (a, b) -> a.compareTo(b) > 0)) {
            throw refused("with the other sizes it leaves none");
        }
    }

    private String javaPattern() {
        if (constraint.count("flags") > 0) {
            throw refused("flags are not supported; write the letters of both cases");
        }
        return JavaRegex.toEcma(constraint.text("regexp"))
                .orElseThrow(() -> refused("the expression " + constraint.text("regexp")
                        + " has something that is not the same in a schema's patterns"));
    }

    private void email() {
        pattern(EMAIL);
        if (!constraint.text("regexp").equals(".*")) {
            pattern(javaPattern());
        }
    }

    private void pattern(String expression) {
        if (kind != Kind.TEXT) {
            throw notFor();
        }
        JsonNode there = node.get("pattern");
        if (there == null) {
            node.put("pattern", expression);
        } else if (!there.asString().equals(expression)) {
            node.withArray("allOf").addObject().put("pattern", expression);
        }
    }

    private void flag(boolean value) {
        if (kind != Kind.BOOLEAN) {
            throw notFor();
        }
        JsonNode there = node.get("const");
        if (there != null && there.asBoolean() != value) {
            throw refused("the other constraint asks for " + !value);
        }
        node.put("const", value);
    }

    private static Kind kind(JavaType type) {
        Class<?> raw = ScalarTypes.plain(type.getRawClass());
        if (raw == String.class) {
            return Kind.TEXT;
        }
        if (raw == boolean.class) {
            return Kind.BOOLEAN;
        }
        if (raw == float.class || raw == double.class || raw == BigDecimal.class) {
            return Kind.DECIMAL;
        }
        if (raw == BigInteger.class || (raw.isPrimitive() && raw != char.class)) {
            return Kind.INTEGER;
        }
        if (ScalarTypes.schema(raw) != null) {
            return Kind.OTHER;
        }
        if (type.isCollectionLikeType() || type.isArrayType()) {
            return Kind.ARRAY;
        }
        return type.isMapLikeType() ? Kind.MAP : Kind.OTHER;
    }

    private RuntimeException notFor() {
        return refused("it says nothing exact of " + Refusal.name(type));
    }

    private RuntimeException refused(String why) {
        return Refusal.annotation(constraint.written(), path, why);
    }
}
