// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Int;
import dev.espalier.chat.value.Text;
import dev.espalier.chat.value.Undefined;
import dev.espalier.chat.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attribute that a filter is told to look at: names and indexes, separated by dots.
 *
 * @param steps what is looked up, one after the other
 */
public record AttributePath(List<Value> steps) {

    /** The path that an argument of a filter names. */
    public static AttributePath of(@Nullable Value attribute) {
        if (attribute == null) {
            return new AttributePath(List.of());
        }
        if (!(attribute instanceof Text text)) {
            return new AttributePath(List.of(attribute));
        }
        List<Value> steps = new ArrayList<>();
        for (String step : text.string().split("\\.", -1)) {
            boolean isIndex =
                    !step.isEmpty() && step.length() < 10 && step.chars().allMatch(c -> c >= '0' && c <= '9');
            steps.add(isIndex ? Int.of(Long.parseLong(step)) : Text.trusted(step));
        }
        return new AttributePath(steps);
    }

    /** The value at the end of the path. */
    public Value of(Value item, CallContext context) {
        return of(item, null, context);
    }

    /** The value at the end of the path, where another may stand for what is not there. */
    public Value of(Value item, @Nullable Value usual, CallContext context) {
        context.meter().spend(steps.size());
        Value value = item;
        for (Value step : steps) {
            value = context.element(value, step);
            if (usual != null && value instanceof Undefined) {
                value = usual;
            }
        }
        return value;
    }
}
