package dev.espalier.schemas.json;

import java.util.List;
import java.util.Map;

/** A value that was read in a text. */
public sealed interface ReadValue {

    /** {@code null}, {@code true} or {@code false}. */
    record Word(String name) implements ReadValue {}

    /** A number. */
    record Number(ReadNumber value) implements ReadValue {}

    /** A string, unescaped. */
    record Text(String value) implements ReadValue {}

    /** An array. */
    record Items(List<ReadValue> items) implements ReadValue {}

    /**
     * An object.
     *
     * @param members by key, in the order of the keys; of a key that came more than once all, as an array
     * @param repeats whether some key did
     */
    record Members(Map<String, ReadValue> members, boolean repeats) implements ReadValue {}
}
