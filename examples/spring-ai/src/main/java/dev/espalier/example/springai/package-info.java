/** A web application that turns texts into records. */
@NullMarked
package dev.espalier.example.springai;

import org.jspecify.annotations.NullMarked;
