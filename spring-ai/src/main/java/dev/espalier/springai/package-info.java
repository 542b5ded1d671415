/** A chat model of Spring AI that runs in this process, and keeps schemas and tools exactly. */
@NullMarked
package dev.espalier.springai;

import org.jspecify.annotations.NullMarked;
