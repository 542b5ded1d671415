/** The official JSON Schema Test Suite, with the engine as a recogniser of texts. */
@NullMarked
package dev.espalier.jsonschemabench.testsuite;

import org.jspecify.annotations.NullMarked;
