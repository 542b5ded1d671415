/** Grammar files with texts of their languages: what masks cost, beside other engines. */
@NullMarked
package dev.espalier.jsonschemabench.grammars;

import org.jspecify.annotations.NullMarked;
