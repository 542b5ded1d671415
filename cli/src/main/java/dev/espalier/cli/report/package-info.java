/** Results, steps and statistics, for people and for machines. */
@NullMarked
package dev.espalier.cli.report;

import org.jspecify.annotations.NullMarked;
