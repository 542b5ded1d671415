/** The protocol over HTTP, on Jetty. */
@NullMarked
package dev.espalier.server;

import org.jspecify.annotations.NullMarked;
