// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import java.util.Optional;

/**
 * A property of a value that is being written.
 *
 * @param <R> its type
 * @param state what is known of it
 * @param value the value, if that is known: forced or complete, and not null
 */
public record Field<R>(ValueState state, Optional<R> value) {}
