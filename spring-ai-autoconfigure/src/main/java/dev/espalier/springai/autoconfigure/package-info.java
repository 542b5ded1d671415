/** Espalier's chat model in applications of Spring Boot: loaded, warmed up, watched and closed by their context, as properties say. */
@NullMarked
package dev.espalier.springai.autoconfigure;

import org.jspecify.annotations.NullMarked;
