// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

/** What a JSON value is. Its first byte tells. */
public enum ValueKind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
}
