// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

/**
 * Where a tensor is. Immutable.
 *
 * @param source the file
 * @param name its name in the file
 */
public record TensorPlace(String source, String name) {}
