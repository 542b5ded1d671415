// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import java.util.function.Consumer;

/** What is told of a value that is being written, as {@link ValueListener} has it. Immutable. */
public sealed interface ValueEvent {

    /** The place that it is about. */
    ValuePath path();

    /** The first byte of a value was written. */
    record Begin(ValuePath path, ValueKind kind) implements ValueEvent {}

    /** A string grew. */
    record Text(ValuePath path, String delta) implements ValueEvent {}

    /** A value was written to its end. */
    record End(ValuePath path, PartialValue value) implements ValueEvent {}

    /** A value can only become this one. */
    record Forced(ValuePath path, PartialValue value) implements ValueEvent {}

    /** A member that the schema names will not come. */
    record Absent(ValuePath path) implements ValueEvent {}

    /** A listener that hands all events on. */
    static ValueListener to(Consumer<? super ValueEvent> events) {
        return new ValueListener() {
            @Override
            public void begin(ValuePath path, ValueKind kind) {
                events.accept(new Begin(path, kind));
            }

            @Override
            public void text(ValuePath path, String delta) {
                events.accept(new Text(path, delta));
            }

            @Override
            public void end(ValuePath path, PartialValue value) {
                events.accept(new End(path, value));
            }

            @Override
            public void forced(ValuePath path, PartialValue value) {
                events.accept(new Forced(path, value));
            }

            @Override
            public void absent(ValuePath path) {
                events.accept(new Absent(path));
            }
        };
    }
}
