/** The container of prepared files: a header that describes named tables, and then the tables; see {@code docs/reference/files.md}. */
@NullMarked
package dev.espalier.core.file;

import org.jspecify.annotations.NullMarked;
