// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call.
 *
 * @param positional those without a name
 * @param named those with one, in order; names that come from a variable are not trusted
 */
public record Arguments(List<Value> positional, Map<Text, Value> named) {

    /** No arguments. */
    public static final Arguments NONE = of();

    /** Arguments by position. */
    public static Arguments of(Value... values) {
        return new Arguments(List.of(values), Map.of());
    }

    /** The argument of a name; null if there is none. */
    public @Nullable Value find(String name) {
        return named.isEmpty() ? null : named.get(Text.trusted(name));
    }

    /** These arguments without the first ones. */
    public Arguments from(int index) {
        return new Arguments(positional.subList(Math.min(index, positional.size()), positional.size()), named);
    }
}
