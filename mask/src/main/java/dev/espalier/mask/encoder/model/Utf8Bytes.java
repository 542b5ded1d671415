// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

/** The bytes of a code point in UTF-8, from the first to the last: those of the shifts 6 · (length − 1) down to 0. */
final class Utf8Bytes {

    private Utf8Bytes() {}

    /** The shift of the first byte. */
    static int shift(int codePoint) {
        return codePoint < 0x80 ? 0 : codePoint < 0x800 ? 6 : codePoint < 0x10000 ? 12 : 18;
    }

    /** The byte of a shift, 0 to 255. */
    static int at(int codePoint, int shift) {
        int first = shift(codePoint);
        if (shift < first) {
            return 0x80 | ((codePoint >> shift) & 0x3f);
        }
        return first == 0 ? codePoint : ((0xff00 >> (first / 6 + 1)) & 0xff) | (codePoint >> first);
    }
}
