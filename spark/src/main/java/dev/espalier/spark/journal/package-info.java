/** Results of rows in files, so that a job that was broken off goes on; internal. */
@NullMarked
package dev.espalier.spark.journal;

import org.jspecify.annotations.NullMarked;
