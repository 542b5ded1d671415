// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat.value;

/** The value of JSON's {@code null}. */
public enum None implements Value {
    /** It. */
    NONE;

    @Override
    public String type() {
        return "NoneType";
    }

    @Override
    public boolean isTrue() {
        return false;
    }

    @Override
    public void represent(TextBuilder out) {
        out.append("None");
    }
}
