// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.file;

/**
 * A token that is read out of text before the model sees it.
 *
 * @param special whether it is a control token, which only trusted text can spell
 * @param normalized whether it is looked for in normalized text
 * @param leftStrip whether it takes the white space before it
 * @param rightStrip whether it takes the white space behind it
 * @param singleWord whether it must stand apart from letters and digits
 */
public record AddedToken(
        int id,
        String text,
        boolean special,
        boolean normalized,
        boolean leftStrip,
        boolean rightStrip,
        boolean singleWord) {

    /** A token without further rules. */
    public static AddedToken plain(int id, String text, boolean special) {
        return new AddedToken(id, text, special, false, false, false, false);
    }
}
