package dev.espalier.schemas.check;

import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why no value satisfies a schema.
 *
 * @param at the schema inside it that has no value
 * @param endless whether every value of it would need another one inside it
 * @param parts what of it excludes each other; nothing that could be left out
 * @param needed what demands a value there
 */
public record Contradiction(Located at, boolean endless, List<Part> parts, List<Part> needed) {

    private static final int SHOWN = 8;

    private static final Map<String, String> BOUNDS = Map.of(
            "minimum", "maximum",
            "exclusiveMinimum", "exclusiveMaximum",
            "minLength", "maxLength",
            "minItems", "maxItems",
            "minProperties", "maxProperties",
            "minContains", "maxContains");

    private static final Set<String> EXCLUSIVE = Set.of("exclusiveMinimum", "exclusiveMaximum");

    /**
     * A keyword with its value, or a schema that allows nothing.
     *
     * @param keyword the keyword; empty for a schema
     * @param value its value
     * @param text the value as it is shown
     * @param place the pointer of the schema that has the keyword
     */
    record Part(String keyword, JsonValue value, String text, Pointer place) {

        String described() {
            return keyword.isEmpty() ? text : keyword + " " + text;
        }
    }

    /** One line: {@code minimum 5 > maximum 3 at #/properties/age}. */
    public String message() {
        StringBuilder message = new StringBuilder("no value satisfies this schema: ");
        message.append(endless ? circle() : clash());
        if (!needed.isEmpty()) {
            message.append("; a value is needed there because of ").append(listed(needed, null));
        }
        return message.toString();
    }

    private String circle() {
        return "every value at " + at.pointer() + " needs another one inside it, without end ("
                + listed(parts, at.pointer()) + ")";
    }

    private String clash() {
        List<Part> clashing =
                parts.stream().filter(part -> !part.keyword().equals("type")).toList();
        if (clashing.size() == 2) {
            String bounds = bounds(clashing.get(0), clashing.get(1));
            bounds = bounds.isEmpty() ? bounds(clashing.get(1), clashing.get(0)) : bounds;
            if (!bounds.isEmpty()) {
                return bounds;
            }
        }
        String where = " at " + at.pointer();
        return parts.size() == 1
                ? listed(parts, at.pointer())
                        + (parts.get(0).place().equals(at.pointer()) ? " allows nothing" + where : " allows nothing")
                : listed(parts, at.pointer()) + " exclude each other" + where;
    }

    private String bounds(Part low, Part high) {
        String opposite = BOUNDS.get(low.keyword());
        boolean opposed = opposite != null
                && (opposite.equals(high.keyword())
                        || (opposite.toLowerCase(java.util.Locale.ROOT).endsWith("maximum")
                                && Set.of("maximum", "exclusiveMaximum").contains(high.keyword())));
        if (!opposed
                || !(low.value() instanceof JsonValue.Numeral from)
                || !(high.value() instanceof JsonValue.Numeral to)) {
            return "";
        }
        BigDecimal least = from.value();
        int order = least.compareTo(to.value());
        boolean exclusive = EXCLUSIVE.contains(low.keyword()) || EXCLUSIVE.contains(high.keyword());
        if (order < 0 || (order == 0 && !exclusive)) {
            return "";
        }
        String sign = order > 0 ? " > " : " = ";
        return low.place().equals(high.place())
                ? low.described() + sign + high.described() + " at " + low.place()
                : low.described() + " at " + low.place() + sign + high.described() + " at " + high.place();
    }

    private static String listed(List<Part> all, @Nullable Pointer known) {
        List<String> texts = new ArrayList<>();
        for (Part part : all.subList(0, Math.min(SHOWN, all.size()))) {
            texts.add(part.described() + (part.place().equals(known) ? "" : " at " + part.place()));
        }
        if (all.size() > SHOWN) {
            texts.add((all.size() - SHOWN) + " more");
        }
        int last = texts.size() - 1;
        return last < 1
                ? String.join("", texts)
                : String.join(", ", texts.subList(0, last)) + " and " + texts.get(last);
    }
}
