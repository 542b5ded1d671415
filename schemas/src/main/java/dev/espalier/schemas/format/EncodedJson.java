package dev.espalier.schemas.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The texts that stand for the bytes of a JSON text, in UTF-8.
 *
 * @param encoding how
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
