/** Reports of results, steps and statistics, as text and as JSON. */
@NullMarked
package dev.espalier.cli.report;

import org.jspecify.annotations.NullMarked;
