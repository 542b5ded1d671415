// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.map;
import static dev.espalier.schemas.FiniteWorld.number;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;

/** A random schema of short arrays whose items have few values, all of them known. */
@NullUnmarked
final class SpelledWorld {

    private static final int VALUES = 7;

    private static final List<Object> SCALARS = List.of(
            number(0),
            number(1),
            number(2),
            number(10),
            number(-1),
            new BigDecimal("0.2"),
            new BigDecimal("1.5"),
            "",
            "a",
            "\n",
            "\u00e9\"",
            true,
            "ab");

    private final Random random;
    final Map<String, Object> schema;
    /** Values that items may have. */
    final List<Object> values;

    /** All arrays that are valid. */
    final List<Object> valid = new ArrayList<>();

    /** A schema and what is known of it. */
    private record Known(Map<String, Object> schema, List<Object> values) {}

    SpelledWorld(Random random) {
        this.random = random;
        Known item = item(2);
        this.values = item.values;
        int most = 2 + random.nextInt(2);
        int least = random.nextInt(most + 1);
        boolean unique = random.nextInt(3) > 0;
        Map<String, Object> root = map("type", "array", "items", item.schema, "maxItems", number(most));
        if (least > 0) {
            root.put("minItems", number(least));
        }
        root.putAll(unique ? map("uniqueItems", true) : map("not", map("uniqueItems", true)));
        this.schema = root;
        for (Object array : FiniteWorld.arrays(most, values)) {
            List<?> items = (List<?>) array;
            if (items.size() >= least && isUnique(items) == unique) {
                valid.add(array);
            }
        }
    }

    private Known item(int depth) {
        Known known =
                depth > 0 && random.nextInt(3) == 0 ? random.nextBoolean() ? object(depth) : array(depth) : scalars();
        if (known.values.size() <= VALUES) {
            return known;
        }
        List<Object> some = new ArrayList<>(known.values);
        Collections.shuffle(some, random);
        List<Object> few = List.copyOf(some.subList(0, VALUES));
        return new Known(map("enum", few), few);
    }

    private Known scalars() {
        switch (random.nextInt(5)) {
            case 0 -> {
                int from = random.nextInt(3) - 1;
                int to = from + random.nextInt(3);
                List<Object> all = new ArrayList<>();
                for (int i = from; i <= to; i++) {
                    all.add(number(i));
                }
                return new Known(map("type", "integer", "minimum", number(from), "maximum", number(to)), all);
            }
            case 1 -> {
                List<Object> all = List.of(number(0), new BigDecimal("0.5"), number(1));
                return new Known(
                        map(
                                "multipleOf",
                                new BigDecimal("0.5"),
                                "type",
                                "number",
                                "minimum",
                                number(0),
                                "maximum",
                                number(1)),
                        all);
            }
            case 2 -> {
                return new Known(map("type", "string", "pattern", "^(a|b\u00e9?)?$"), List.of("", "a", "b", "b\u00e9"));
            }
            default -> {
                List<Object> some = new ArrayList<>(SCALARS);
                Collections.shuffle(some, random);
                some = List.copyOf(some.subList(0, 1 + random.nextInt(4)));
                return new Known(map("enum", some), some);
            }
        }
    }

    private Known object(int depth) {
        List<String> keys = List.of("a", "ab", "c").subList(0, 1 + random.nextInt(3));
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        List<Map<String, Object>> all = new ArrayList<>(List.of(map()));
        for (String key : keys) {
            Known member = item(depth - 1);
            properties.put(key, member.schema);
            List<Map<String, Object>> more = new ArrayList<>();
            for (Map<String, Object> object : all) {
                for (Object value : member.values) {
                    Map<String, Object> longer = new LinkedHashMap<>(object);
                    longer.put(key, value);
                    more.add(longer);
                }
            }
            if (random.nextBoolean()) {
                required.add(key);
            } else {
                more.addAll(all);
            }
            all = more;
        }
        Map<String, Object> schema = map("type", "object", "properties", properties, "additionalProperties", false);
        schema.put("required", required);
        return new Known(schema, List.copyOf(all));
    }

    private Known array(int depth) {
        Known item = item(depth - 1);
        boolean unique = random.nextBoolean();
        List<Object> all = FiniteWorld.arrays(2, item.values);
        Map<String, Object> schema = map("type", "array", "items", item.schema, "maxItems", number(2));
        if (unique) {
            schema.put("uniqueItems", true);
            all = new ArrayList<>(all);
            all.removeIf(array -> !isUnique((List<?>) array));
        }
        return new Known(schema, all);
    }

    static boolean isUnique(List<?> items) {
        for (int i = 0; i < items.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (isSame(items.get(i), items.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** JSON Schema's equality. */
    static boolean isSame(Object a, Object b) {
        if (a instanceof BigDecimal one && b instanceof BigDecimal other) {
            return one.compareTo(other) == 0;
        } else if (a instanceof List<?> one && b instanceof List<?> other) {
            boolean same = one.size() == other.size();
            for (int i = 0; same && i < one.size(); i++) {
                same = isSame(one.get(i), other.get(i));
            }
            return same;
        } else if (a instanceof Map<?, ?> one && b instanceof Map<?, ?> other) {
            return one.keySet().equals(other.keySet())
                    && one.keySet().stream().allMatch(key -> isSame(one.get(key), other.get(key)));
        }
        return a.equals(b);
    }

    /** A text of an array of some of the values, in any spelling, valid or not. */
    String text() {
        List<Object> some = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            boolean again = !some.isEmpty() && random.nextInt(3) == 0;
            List<Object> from = again ? some : values;
            some.add(from.get(random.nextInt(from.size())));
        }
        return spelled(random.nextInt(3) == 0 && !valid.isEmpty() ? valid.get(random.nextInt(valid.size())) : some);
    }

    private String blank() {
        return random.nextInt(9) == 0 ? List.of(" ", "\n").get(random.nextInt(2)) : "";
    }

    private String spelled(Object value) {
        String text;
        if (value instanceof List<?> items) {
            List<String> parts = new ArrayList<>();
            items.forEach(item -> parts.add(spelled(item)));
            text = "[" + String.join(",", parts) + "]";
        } else if (value instanceof Map<?, ?> members) {
            List<String> parts = new ArrayList<>();
            members.forEach((key, member) -> parts.add(string((String) key) + blank() + ":" + spelled(member)));
            Collections.shuffle(parts, random);
            text = "{" + String.join(",", parts) + "}";
        } else if (value instanceof String string) {
            text = string(string);
        } else {
            text = value instanceof BigDecimal number ? decimal(number) : String.valueOf(value);
        }
        return blank() + text + blank();
    }

    private String string(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (random.nextInt(3) == 0) {
                String hex = String.format("\\u%04x", (int) c);
                text.append(
                        random.nextBoolean() ? hex : "\\u" + hex.substring(2).toUpperCase(java.util.Locale.ROOT));
            } else if (c == '"' || c == '\n') {
                text.append(c == '"' ? "\\\"" : "\\n");
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    private String decimal(BigDecimal value) {
        int move = random.nextInt(3) == 0 ? random.nextInt(5) - 2 : 0;
        String text = value.scaleByPowerOfTen(-move).toPlainString();
        if (random.nextInt(4) == 0) {
            text += (text.contains(".") ? "" : ".") + "0".repeat(1 + random.nextInt(2));
        }
        if (value.signum() == 0 && random.nextInt(3) == 0) {
            return "-" + text + "e" + random.nextInt(20);
        }
        return move == 0
                ? text
                : text + (random.nextBoolean() ? "e" : "E") + (random.nextInt(3) == 0 && move > 0 ? "+" : "") + move;
    }
}
