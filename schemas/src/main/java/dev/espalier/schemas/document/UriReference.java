// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI or a relative reference, split into its parts. Every text is one, so nothing here fails.
 *
 * <p>Source: RFC 3986, appendix B (the parts) and section 5.2 (resolution). A base may lack a scheme, so that documents may have relative
 * names.
 */
record UriReference(
        @Nullable String scheme,
        @Nullable String authority,
        String path,
        @Nullable String query,
        @Nullable String fragment) {

    private static final Pattern PARTS = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);

    /** The parts of a text. */
    static UriReference of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("every text has these parts");
        }
        String scheme = parts.group(1);
        String authority = parts.group(2);
        return new UriReference(
                scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
                authority == null || authority.contains("@") ? authority : authority.toLowerCase(Locale.ROOT),
                parts.group(3),
                parts.group(4),
                parts.group(5));
    }

    /** The URI that a reference means in a document with a base. */
    static UriReference resolve(String base, String reference) {
        UriReference to = of(reference);
        UriReference from = of(base);
        if (to.scheme != null) {
            return new UriReference(to.scheme, to.authority, withoutDots(to.path), to.query, to.fragment);
        }
        if (to.authority != null) {
            return new UriReference(from.scheme, to.authority, withoutDots(to.path), to.query, to.fragment);
        }
        if (to.path.isEmpty()) {
            String query = to.query != null ? to.query : from.query;
            return new UriReference(from.scheme, from.authority, from.path, query, to.fragment);
        }
        String path = to.path.startsWith("/") ? to.path : from.beside(to.path);
        return new UriReference(from.scheme, from.authority, withoutDots(path), to.query, to.fragment);
    }

    private String beside(String relative) {
        if (authority != null && path.isEmpty()) {
            return "/" + relative;
        }
        return path.substring(0, path.lastIndexOf('/') + 1) + relative;
    }

    private static String withoutDots(String path) {
        if (!path.contains(".")) {
            return path;
        }
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        int above = path.startsWith("/") ? 1 : 0;
        for (int i = 0; i < segments.length; i++) {
            boolean up = segments[i].equals("..");
            if (!up && !segments[i].equals(".")) {
                kept.add(segments[i]);
                continue;
            }
            if (up && kept.size() > above) {
                kept.remove(kept.size() - 1);
            }
            if (i == segments.length - 1) {
                kept.add("");
            }
        }
        return String.join("/", kept);
    }

    /** The URI without its fragment. */
    String withoutFragment() {
        StringBuilder text = new StringBuilder();
        if (scheme != null) {
            text.append(scheme).append(':');
        }
        if (authority != null) {
            text.append("//").append(authority);
        }
        text.append(path);
        return query == null ? text.toString() : text.append('?').append(query).toString();
    }

    /** The fragment as it is written; empty if there is none. */
    String fragmentOrEmpty() {
        return fragment == null ? "" : fragment;
    }
}
