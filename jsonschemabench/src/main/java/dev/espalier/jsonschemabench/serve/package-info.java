/** A server under load: clients that ask it all kinds of requests at once, beside the same requests without HTTP. */
@NullMarked
package dev.espalier.jsonschemabench.serve;

import org.jspecify.annotations.NullMarked;
