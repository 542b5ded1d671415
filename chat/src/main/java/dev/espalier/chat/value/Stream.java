package dev.espalier.chat.value;

import java.util.Iterator;

/** A generator: elements that are made as they are asked for, once. It has no length and is always true. */
public record Stream(Iterator<Value> iterator) implements Iterated {

    @Override
    public String type() {
        return "generator";
    }

    @Override
    public void represent(TextBuilder out) {
        out.append("<generator object>");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
