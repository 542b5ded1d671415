/** Types of columns that hold every value of a JSON Schema, and JSON texts read into them; internal. */
@NullMarked
package dev.espalier.spark.column;

import org.jspecify.annotations.NullMarked;
