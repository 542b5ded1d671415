// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.Spelling;

/**
 * A shared key of a state of a value, array or object of which nothing is asked: such states are alike in all schemas.
 *
 * @param what which of them, and where in it
 * @param writing how values are written
 * @param blanks the blanks read here so far
 * @param detail what else distinguishes it, such as the used keys
 * @param text what is read of the current key
 */
public record FreeKey(String what, Writing writing, int blanks, Object detail, String text) {

    /** How the values of a language are written. */
    public record Writing(Layout layout, Spelling spelling, NumberSpelling numbers, GenerationBounds bounds) {}
}
