/** The network of the Llama family, with the rows of its cache of keys and values. */
@NullMarked
package dev.espalier.backends.network;

import org.jspecify.annotations.NullMarked;
