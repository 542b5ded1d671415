// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.function;

import dev.espalier.chat.value.Meter;
import dev.espalier.chat.value.Value;
import java.time.LocalDateTime;
import java.util.function.Supplier;

/** What functions may ask of the interpreter that runs them. */
public interface CallContext {

    /** What counts the work. */
    Meter meter();

    /** The result of work that may nest, on a deeper stack where it has to be. */
    <T> T nested(Supplier<T> work);

    /** The time of the rendering. */
    LocalDateTime now();

    /** {@code owner.name}. */
    Value attribute(Value owner, String name);

    /** A method or attribute of a value, which are no elements. */
    Value ownAttribute(Value owner, String name);

    /** {@code owner[key]}. */
    Value element(Value owner, Value key);

    /** The result of a filter, by its name. */
    Value filter(String name, Value subject, Arguments arguments);

    /** The result of a test, by its name. */
    boolean test(String name, Value subject, Arguments arguments);

    /** Whether there is a filter of a name. */
    boolean hasFilter(String name);

    /** Whether there is a test of a name. */
    boolean hasTest(String name);
}
