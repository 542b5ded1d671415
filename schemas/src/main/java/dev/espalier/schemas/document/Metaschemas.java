// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.schemas.options.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the drafts' metaschemas and of their vocabularies, from resources of this module; each is read when it is first needed.
 * Thread-safe.
 */
public final class Metaschemas {

    private static final String HOST = "json-schema.org/";
    private static final Set<String> PARTS_2019 =
            Set.of("applicator", "content", "core", "format", "meta-data", "validation");
    private static final Set<String> PARTS_2020 = Set.of(
            "applicator",
            "content",
            "core",
            "format-annotation",
            "format-assertion",
            "meta-data",
            "unevaluated",
            "validation");

    private final Map<String, String> texts = new ConcurrentHashMap<>();

    /** The text of a URI without a fragment; null if it names no metaschema. */
    @Nullable
    String text(String uri) {
        Draft draft = draft(uri);
        if (draft == null) {
            return null;
        }
        return texts.computeIfAbsent(uri.substring(uri.indexOf(HOST) + HOST.length()), Metaschemas::read);
    }

    /** The draft that a metaschema, or a part of one, belongs to; null if the URI names none. */
    static @Nullable Draft draft(String uri) {
        Draft whole = Draft.of(uri);
        if (whole != null) {
            return whole;
        }
        String bare = uri.replaceFirst("^https?://json-schema\\.org/draft/", "");
        if (bare.length() == uri.length()) {
            return null;
        }
        if (bare.startsWith("2019-09/meta/") && PARTS_2019.contains(bare.substring(13))) {
            return Draft.DRAFT_2019_09;
        }
        return bare.startsWith("2020-12/meta/") && PARTS_2020.contains(bare.substring(13)) ? Draft.DRAFT_2020_12 : null;
    }

    private static String read(String path) {
        try (InputStream in = Metaschemas.class.getResourceAsStream("metaschemas/" + path)) {
            if (in == null) {
                throw new IllegalStateException("the module has no metaschema " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
