// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream for people: control characters, which a name or a text may bring with it and a terminal would obey, are shown as
 * {@code \u001b}. Lines and tabs stay. In UTF-8.
 */
final class MessageStream extends PrintStream {

    private final PrintStream raw;

    /** Shows on another stream, which stays open. */
    MessageStream(PrintStream raw) {
        super(new Escaping(raw), true, StandardCharsets.UTF_8);
        this.raw = raw;
    }

    /** The stream itself, for what draws. */
    PrintStream raw() {
        return raw;
    }

    @Override
    public boolean checkError() {
        return raw.checkError();
    }

    private static final class Escaping extends OutputStream {

        /** The first byte of the characters from U+0080 on, of which the first 32 are control characters. */
        private static final int LEAD = 0xc2;

        private final PrintStream target;
        private boolean afterLead;

        Escaping(PrintStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            ByteArrayOutputStream shown = new ByteArrayOutputStream(length + 16);
            for (int i = offset; i < offset + length; i++) {
                show(bytes[i] & 0xff, shown);
            }
            target.write(shown.toByteArray(), 0, shown.size());
        }

        private void show(int value, ByteArrayOutputStream shown) {
            if (afterLead && value < 0xa0) {
                afterLead = false;
                escape(value, shown);
                return;
            }
            if (afterLead) {
                shown.write(LEAD);
            }
            afterLead = value == LEAD;
            boolean isControl = (value < ' ' && value != '\n' && value != '\t' && value != '\r') || value == 0x7f;
            if (isControl) {
                escape(value, shown);
            } else if (!afterLead) {
                shown.write(value);
            }
        }

        private static void escape(int value, ByteArrayOutputStream shown) {
            shown.writeBytes(String.format("\\u%04x", value).getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void flush() {
            target.flush();
        }
    }
}
