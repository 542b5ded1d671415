// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.check;

/**
 * A place in a file that was read byte by byte.
 *
 * @param offset bytes before it
 * @param line the line, counted from 1
 * @param column the column in code points, counted from 1
 */
public record Position(int offset, int line, int column) {

    /** The place of a byte. Cost: linear in its offset. */
    public static Position of(byte[] text, int offset) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < offset; i++) {
            if (text[i] == '\n') {
                line++;
                column = 1;
            } else if ((text[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        boolean inside = offset < text.length && (text[offset] & 0xC0) == 0x80;
        return new Position(offset, line, inside ? Math.max(1, column - 1) : column);
    }
}
