// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

/** How a model is told the schema of what it is to write. */
public enum SchemaForm {
    /** The JSON Schema itself, as the caller wrote it. */
    JSON_SCHEMA,
    /** A value that fits it. */
    EXAMPLE,
    /** A declaration of its members with their types: shorter than the schema, and as exact. */
    RECORD,
    /** Not at all. */
    NONE
}
