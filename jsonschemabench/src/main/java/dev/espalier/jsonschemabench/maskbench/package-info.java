/** MaskBench's protocol: how long masks take, and whether the right instances are accepted, over corpora of schemas. */
@NullMarked
package dev.espalier.jsonschemabench.maskbench;

import org.jspecify.annotations.NullMarked;
