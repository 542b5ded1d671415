// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.TextBuilder;
import dev.espalier.chat.value.Value;

/**
 * A built-in function with the value that it belongs to.
 *
 * @param owner the value before the dot
 * @param function what is called
 */
public record Method(Value owner, Builtin function) implements Callable {

    @Override
    public Value call(Arguments arguments, CallContext context) {
        return function.apply(owner, arguments, context);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Method method && owner == method.owner && function == method.function;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(owner);
    }

    @Override
    public String type() {
        return "builtin_function_or_method";
    }

    @Override
    public void represent(TextBuilder out) {
        out.append("<built-in method " + function.name() + " of " + owner.type() + " object>");
    }
}
