/** The annotation of fast paths, which names the test that compares each with a slow implementation; internal. */
@NullMarked
package dev.espalier.core.oracle;

import org.jspecify.annotations.NullMarked;
