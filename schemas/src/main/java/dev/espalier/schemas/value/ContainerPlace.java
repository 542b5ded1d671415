// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.Layout;

/**
 * A place between two values of an object or an array: what was read last, and with that the white space and the punctuation that may
 * come.
 */
public enum ContainerPlace {
    /** After the opening bracket. */
    OPENED,

    /** After an item or a member. */
    VALUE,

    /** After a comma. */
    COMMA;

    /** The bytes of the next line break and its indentation. */
    private int line(Layout layout) {
        return layout.line(this == VALUE ? 0 : 1);
    }

    /** The white space read with one more blank, as far as it matters; {@link Blanks#NONE} if it must not come. */
    public int more(Layout layout, int blanks, int symbol) {
        return layout.more(blanks, line(layout), symbol);
    }

    /** The bytes of the next line break that are still to be read. */
    public int left(Layout layout, int blanks) {
        return layout.left(blanks, line(layout));
    }

    /** Whether the closing bracket may come after some white space. */
    public boolean mayClose(Layout layout, int blanks) {
        return this == OPENED ? layout.isFresh(blanks) : this == VALUE && layout.isFull(blanks, line(layout));
    }

    /** Whether a comma may come after some white space. */
    public boolean mayGoOn(Layout layout, int blanks) {
        return this == VALUE && layout.isFresh(blanks);
    }

    /** Whether an item or a key may come after some white space. */
    public boolean mayBegin(Layout layout, int blanks) {
        return this != VALUE && layout.isFull(blanks, line(layout));
    }

    /** Whether the next blank needs no proof that what stands on the new line may come: a comma is read only if something may. */
    public boolean mayBreak(Layout layout, int blanks) {
        return !layout.isPretty() || blanks > 0 || this == COMMA;
    }
}
