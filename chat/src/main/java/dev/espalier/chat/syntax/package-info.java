/** The notation of templates: characters to tokens, tokens to statements and expressions. */
@NullMarked
package dev.espalier.chat.syntax;

import org.jspecify.annotations.NullMarked;
