/** What a bench is, and what runs one: results are kept, gone on from, and shown the same way for all. */
@NullMarked
package dev.espalier.jsonschemabench.bench;

import org.jspecify.annotations.NullMarked;
