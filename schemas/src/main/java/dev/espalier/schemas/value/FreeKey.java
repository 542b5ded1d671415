package dev.espalier.schemas.value;

import dev.espalier.schemas.json.Layout;

/**
 * Identifies a state of a value, array or object of which nothing is asked: such states of different schemas are alike.
 *
 * @param what which of them, and where in it
 * @param layout the white space that may come
 * @param blanks the blanks read here so far
 * @param detail what else tells it from others, such as the keys that are used up
 * @param text what is read of the current key
 */
public record FreeKey(String what, Layout layout, int blanks, Object detail, String text) {}
