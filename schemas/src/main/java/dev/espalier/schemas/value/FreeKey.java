// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.schemas.json.Layout;

/**
 * A shared key of a state of a value, array or object of which nothing is asked: such states are alike in all schemas.
 *
 * @param what which of them, and where in it
 * @param layout the white space that may come
 * @param blanks the blanks read here so far
 * @param detail what else distinguishes it, such as the used keys
 * @param text what is read of the current key
 */
public record FreeKey(String what, Layout layout, int blanks, Object detail, String text) {}
