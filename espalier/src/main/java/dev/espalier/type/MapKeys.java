// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of a map's keys. A key's text is the only one of its value, so that no two members become one. */
final class MapKeys {

    private static final Map<Class<?>, String> PATTERNS = Map.of(
            Short.class,
            range(Short.MAX_VALUE),
            Integer.class,
            range(Integer.MAX_VALUE),
            Long.class,
            range(Long.MAX_VALUE),
            UUID.class,
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            LocalDate.class,
            TimePatterns.DATE,
            YearMonth.class,
            TimePatterns.YEAR_MONTH);

    private MapKeys() {}

    /** The digits of the integers from {@code -max-1} to {@code max}, which does not end with 9. */
    private static String range(long max) {
        String digits = Long.toString(max);
        StringBuilder range = new StringBuilder("0|-?([1-9]\\d{0," + (digits.length() - 2) + "}");
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            char least = i == 0 ? '1' : '0';
            char most = i == digits.length() - 1 ? digit : (char) (digit - 1);
            if (most >= least) {
                range.append('|')
                        .append(digits, 0, i)
                        .append('[')
                        .append(least)
                        .append('-')
                        .append(most)
                        .append(']');
                range.append("\\d{").append(digits.length() - 1 - i).append('}');
            }
        }
        return range.append(")|-").append(Long.toString(-max - 1).substring(1)).toString();
    }

    /**
     * The schema of the keys of a type; empty where every text is one.
     *
     * @param constants the texts of an enum's constants
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it is no type of keys
     */
    static Optional<ObjectNode> schema(JavaType type, Set<String> constants, Site site) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        String pattern = PATTERNS.get(type.getRawClass());
        if (type.isEnumType()) {
            constants.forEach(node.putArray("enum")::add);
        } else if (pattern != null) {
            node.put("pattern", "^(?:" + pattern + ")$");
        } else if (type.getRawClass() != String.class) {
            throw Refusal.type(
                    type,
                    site.path(),
                    "the keys of a map are String, an enum, Short, Integer, Long, UUID, LocalDate or YearMonth");
        }
        ConstraintKeywords.add(site.constraints(), node, type, site.path());
        return node.isEmpty() ? Optional.empty() : Optional.of(node);
    }
}
