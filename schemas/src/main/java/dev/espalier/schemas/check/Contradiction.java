// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A contradiction: the reason why no value satisfies a schema.
 *
 * @param at the schema inside it that has no value
 * @param endless whether every value of it would need another one inside it
 * @param parts the parts of it that exclude each other, none of which could be left out
 * @param needed the parts that demand a value there
 */
public record Contradiction(Located at, boolean endless, List<Part> parts, List<Part> needed) {

    private static final int SHOWN = 8;

    private static final Set<Keyword> LARGEST = EnumSet.of(Keyword.MAXIMUM, Keyword.EXCLUSIVE_MAXIMUM);
    private static final Set<Keyword> EXCLUSIVE = EnumSet.of(Keyword.EXCLUSIVE_MINIMUM, Keyword.EXCLUSIVE_MAXIMUM);

    /**
     * A keyword with its value, or a schema that allows nothing.
     *
     * @param keyword the keyword; null for a schema
     * @param value its value
     * @param text the value as it is shown
     * @param place the pointer of the schema that has the keyword
     */
    record Part(@Nullable Keyword keyword, JsonValue value, String text, Pointer place) {

        String described() {
            return keyword == null ? text : keyword.text() + " " + text;
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
                parts.stream().filter(part -> part.keyword() != Keyword.TYPE).toList();
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
        Keyword upper = low.keyword() == null ? null : low.keyword().upperBound();
        boolean opposed = upper != null
                && (upper == high.keyword() || (LARGEST.contains(upper) && LARGEST.contains(high.keyword())));
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
