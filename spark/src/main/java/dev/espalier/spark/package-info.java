/** A model answers each row of a data frame of Spark, in columns whose types come from a schema. */
@NullMarked
package dev.espalier.spark;

import org.jspecify.annotations.NullMarked;
