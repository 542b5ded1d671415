// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A generator: elements that are made as they are asked for, once. It has no length and is always true. */
public final class Stream implements Iterated {

    private final Supplier<Iterator<Value>> start;
    private @Nullable Iterator<Value> elements;

    private Stream(Supplier<Iterator<Value>> start) {
        this.start = start;
    }

    /** A generator that starts when it is asked for its first element. */
    public static Stream of(Supplier<Iterator<Value>> start) {
        return new Stream(start);
    }

    @Override
    public Iterator<Value> iterator() {
        Iterator<Value> started = elements;
        if (started == null) {
            started = start.get();
            elements = started;
        }
        return started;
    }

    @Override
    public String type() {
        return "generator";
    }

    @Override
    public void represent(TextBuilder out) {
        out.append("<generator object>");
    }
}
