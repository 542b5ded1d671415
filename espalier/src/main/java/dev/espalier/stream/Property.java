// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import java.io.Serializable;

/**
 * A property of a type, named by a reference to its accessor: {@code Invoice::items}. It is never called; serialisation tells its name.
 *
 * @param <T> the type
 * @param <R> the type of the property
 */
@FunctionalInterface
public interface Property<T, R> extends Serializable {

    /** The property of a value. */
    R of(T value);
}
