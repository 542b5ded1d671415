// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Value;
import java.util.List;
import java.util.Map;

/**
 * The arguments of a call.
 *
 * @param positional those without a name
 * @param named those with one, in order
 */
public record Arguments(List<Value> positional, Map<String, Value> named) {

    /** No arguments. */
    public static final Arguments NONE = of();

    /** Arguments by position. */
    public static Arguments of(Value... values) {
        return new Arguments(List.of(values), Map.of());
    }

    /** These arguments without the first ones. */
    public Arguments from(int index) {
        return new Arguments(positional.subList(Math.min(index, positional.size()), positional.size()), named);
    }
}
