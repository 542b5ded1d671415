/** Reports: tables for a terminal, and pages of HTML with plots that need nothing else. */
@NullMarked
package dev.espalier.jsonschemabench.report;

import org.jspecify.annotations.NullMarked;
