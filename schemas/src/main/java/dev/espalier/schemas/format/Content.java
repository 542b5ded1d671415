// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.schemas.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The assertion of {@code contentEncoding} and {@code contentMediaType} about the text of a string.
 *
 * @param encoding the name of the encoding; null for none
 * @param mediaType the media type; null for none
 */
public record Content(@Nullable String encoding, @Nullable String mediaType) {

    /** The assertion of the values of the two keywords; null for a keyword that is absent. */
    public static Content of(@Nullable JsonValue encoding, @Nullable JsonValue mediaType) {
        return new Content(text(encoding), text(mediaType));
    }

    private static @Nullable String text(@Nullable JsonValue value) {
        return value instanceof JsonValue.Text text ? text.value() : null;
    }

    /** The encoding; null if it is not known. */
    @Nullable
    public ContentEncoding known() {
        return encoding == null ? null : ContentEncoding.of(encoding);
    }

    /** The language of the encoded texts of the media type; null if it is not known. */
    @Nullable
    public TextKind kind() {
        ContentEncoding known = known();
        if (mediaType == null || !isJson(mediaType) || (encoding != null && known == null)) {
            return null;
        }
        return known == null ? new JsonReading.Kind() : new EncodedJson(known);
    }

    private static boolean isJson(String type) {
        String name = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return name.equals("application/json") || name.equals("text/json") || name.endsWith("+json");
    }

    /** The known parts of the assertion, as formats. */
    public List<Format> formats() {
        List<Format> all = new ArrayList<>();
        ContentEncoding known = known();
        if (known != null) {
            all.add(new Format.Texts(known.pattern(), -1));
        }
        TextKind kind = kind();
        if (kind != null) {
            all.add(new Format.Read("", kind));
        }
        return all;
    }
}
