// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.render;

import dev.espalier.chat.value.Bool;
import dev.espalier.chat.value.Depth;
import dev.espalier.chat.value.Dict;
import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.ListValue;
import dev.espalier.chat.value.None;
import dev.espalier.chat.value.Real;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Value;
import dev.espalier.core.error.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plain Java objects as the values that a template sees. */
public final class Variables {

    private static final String MESSAGES = "messages";
    private static final String ROLE = "role";

    private final Set<String> trusted;
    private final Set<String> roles;

    /**
     * A conversion.
     *
     * @param trusted the variables whose texts are trusted
     * @param roles the roles that are trusted as those of messages
     */
    public Variables(Set<String> trusted, Set<String> roles) {
        this.trusted = trusted;
        this.roles = roles;
    }

    /** Copies of variables. */
    public Map<String, Value> values(Map<String, ? extends @Nullable Object> variables) {
        Map<String, Value> values = new HashMap<>();
        variables.forEach((name, object) -> {
            Value value = value(object, trusted.contains(name), name, 1);
            values.put(name, name.equals(MESSAGES) && value instanceof ListValue list ? withTrustedRoles(list) : value);
        });
        return values;
    }

    private static Value value(@Nullable Object object, boolean isTrusted, String path, int depth) {
        if (object == null) {
            return None.NONE;
        }
        if (object instanceof String string) {
            return Text.of(string, isTrusted);
        }
        if (object instanceof Boolean truth) {
            return Bool.of(truth);
        }
        if (object instanceof Number number) {
            return number(number, path);
        }
        if (object instanceof Map<?, ?> map) {
            return dict(map, isTrusted, path, depth);
        }
        if (object instanceof Collection<?> collection) {
            Depth.check(depth);
            List<Value> items = new ArrayList<>(collection.size());
            for (Object item : collection) {
                items.add(value(item, isTrusted, path + "[" + items.size() + "]", depth + 1));
            }
            return new ListValue(items);
        }
        throw refused(object, path);
    }

    private static Dict dict(Map<?, ?> map, boolean isTrusted, String path, int depth) {
        Depth.check(depth);
        Map<Value, Value> entries = new LinkedHashMap<>();
        map.forEach((key, item) -> {
            if (key instanceof Map || key instanceof Collection) {
                throw refused(key, "the key of " + path);
            }
            entries.put(value(key, isTrusted, path, depth + 1), value(item, isTrusted, path + "." + key, depth + 1));
        });
        return new Dict(entries);
    }

    private static Value number(Number number, String path) {
        if (number instanceof Integer || number instanceof Long || number instanceof Short || number instanceof Byte) {
            return Int.of(number.longValue());
        }
        if (number instanceof BigInteger integer) {
            return Int.of(integer);
        }
        if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
            return Real.of(number.doubleValue());
        }
        throw refused(number, path);
    }

    private static InvalidInputException refused(Object object, String path) {
        String shown = path.length() > 100 ? path.substring(0, 100) + "…" : path;
        return new InvalidInputException("the variable " + shown + " is a "
                + object.getClass().getName() + "; templates see maps, lists, strings, numbers, booleans and null");
    }

    /** Roles are named by the program, as a rule: those that it lists are trusted, since some control tokens are made of them. */
    private Value withTrustedRoles(ListValue messages) {
        Text key = Text.trusted(ROLE);
        List<Value> changed = new ArrayList<>(messages.size());
        for (Value message : messages.items()) {
            if (message instanceof Dict dict
                    && dict.entries().get(key) instanceof Text role
                    && roles.contains(role.string())) {
                Map<Value, Value> entries = new LinkedHashMap<>(dict.entries());
                entries.put(key, Text.trusted(role.string()));
                changed.add(new Dict(entries));
            } else {
                changed.add(message);
            }
        }
        return new ListValue(changed);
    }
}
