// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.json;

import java.util.List;
import java.util.Map;

/** A JSON value that was read from a text. */
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
     * @param members the members by key, in the order of the keys; the values of a repeated key as one array
     * @param repeats whether a key came more than once
     */
    record Members(Map<String, ReadValue> members, boolean repeats) implements ReadValue {}
}
