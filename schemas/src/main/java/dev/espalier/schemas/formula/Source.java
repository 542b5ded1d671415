// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

/**
 * A schema applied in place, with the condition under which its annotations count for the schema that applies it.
 *
 * @param schema the schema
 * @param guard the condition, over the atoms of one type
 */
record Source(SchemaNode schema, int guard) {}
