/** What runs over many schemas share: workers, files of results that a later run goes on from, times. */
@NullMarked
package dev.espalier.jsonschemabench.run;

import org.jspecify.annotations.NullMarked;
