// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import java.util.OptionalLong;

/**
 * A field of a struct.
 *
 * @param offset its first byte
 * @param usual the bits that it has where the library fills the struct with defaults; empty if they depend on the machine
 */
record StructField(String name, FieldType type, int offset, OptionalLong usual) {}
