/** The filters, tests, methods and functions of the language. */
@NullMarked
package dev.espalier.chat.library;

import org.jspecify.annotations.NullMarked;
