// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.python;

import dev.espalier.chat.value.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The elements that meet a condition, which is looked at when they are asked for. */
public final class Chosen implements Iterator<Value> {

    private final Iterator<Value> elements;
    private final Predicate<Value> condition;
    private @Nullable Value next;

    /** The elements of another iterator that meet a condition. */
    public Chosen(Iterator<Value> elements, Predicate<Value> condition) {
        this.elements = elements;
        this.condition = condition;
    }

    @Override
    public boolean hasNext() {
        while (next == null && elements.hasNext()) {
            Value candidate = elements.next();
            next = condition.test(candidate) ? candidate : null;
        }
        return next != null;
    }

    @Override
    public Value next() {
        Value found = hasNext() ? next : null;
        if (found == null) {
            throw new NoSuchElementException();
        }
        next = null;
        return found;
    }
}
