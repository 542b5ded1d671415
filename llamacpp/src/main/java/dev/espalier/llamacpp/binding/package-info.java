/** llama.cpp's C interface: its structs by known build, its functions, its messages. */
@NullMarked
package dev.espalier.llamacpp.binding;

import org.jspecify.annotations.NullMarked;
