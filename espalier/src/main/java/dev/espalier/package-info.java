/** The front door: generators and infillers, outputs, requests and results. */
@NullMarked
package dev.espalier;

import org.jspecify.annotations.NullMarked;
