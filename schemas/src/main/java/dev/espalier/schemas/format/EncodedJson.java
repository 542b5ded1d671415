// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The language of texts that encode the UTF-8 bytes of a JSON text.
 *
 * @param encoding the encoding of the bytes
 */
record EncodedJson(ContentEncoding encoding) implements WholeText.Kind {

    @Override
    public boolean test(String text) {
        if (!Pattern.matches(encoding.pattern(), text)) {
            return false;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(encoding.decode(text));
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            return new JsonReading.Kind().contains(decoded);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public String what() {
        return "an encoded JSON text";
    }
}
