/** Both directions of being wrong, side by side with other engines: keyword by keyword, and while a model writes. */
@org.jspecify.annotations.NullMarked
package dev.espalier.jsonschemabench.twoway;
