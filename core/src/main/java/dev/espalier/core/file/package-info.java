/** The container of prepared files: named tables behind a header that says what they are; see {@code docs/files.md}. */
@NullMarked
package dev.espalier.core.file;

import org.jspecify.annotations.NullMarked;
