// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.protocol.ProtocolException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are refused by their heads. Browsers send what a page of any site tells them to, so a server on a loopback address is not out of its reach: requests of pages are known by {@code Origin},
 * names that a site lets point at this machine by {@code Host}. Thread-safe.
 */
final class RequestRules {

    private static final String ANY = "*";
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern LOCAL_NAME = Pattern.compile("(.*\\.)?localhost\\.?");
    private static final Pattern JSON = Pattern.compile("application/(json|[^/]+\\+json)");
    private static final Set<String> OF_PROGRAMS = Set.of("application/x-www-form-urlencoded", "text/plain");
    private static final Pattern OTHER_CHARSET = Pattern.compile("charset=(?!\"?utf-8\"?$).*");

    private final Set<String> keys;
    private final Set<String> origins;
    private final String host;
    private final boolean knowsAllNames;

    RequestRules(ServerOptions options) {
        this.keys = options.keys();
        this.origins = options.origins().stream().map(RequestRules::lower).collect(Collectors.toSet());
        this.host = lower(options.host());
        this.knowsAllNames = origins.contains(ANY) || !isLoopback(options.host());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /**
     * Looks at what every request has.
     *
     * @throws ProtocolException status 421, if the server is not called by a name of this machine; status 403, if a page of another site asks
     */
    void check(Request request) {
        String asked = request.getHttpURI().getHost();
        if (asked != null && !knows(asked)) {
            throw refused(421, "host-unknown", "Host: \"" + asked + "\" is no name of this machine");
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !isKnown(origin, request.getHttpURI().getAuthority())) {
            throw refused(403, "origin-refused", "Origin: pages of " + origin + " may not ask");
        }
    }

    /** Whether the server goes by a name; all are its own if others than this machine reach it. */
    boolean knows(String name) {
        String known = lower(name);
        return knowsAllNames
                || known.equals(host)
                || ADDRESS.matcher(known).matches()
                || LOCAL_NAME.matcher(known).matches()
                || origins.stream()
                        .anyMatch(origin -> withoutPort(withoutScheme(origin)).equals(known));
    }

    private boolean isKnown(String origin, @Nullable String own) {
        return origins.contains(ANY)
                || origins.contains(lower(origin))
                || own != null
                        && origin.contains("://")
                        && withoutScheme(lower(origin)).equals(lower(own));
    }

    /** A proxy may have another scheme than what it asks. */
    private static String withoutScheme(String origin) {
        return origin.substring(origin.indexOf("://") < 0 ? 0 : origin.indexOf("://") + 3);
    }

    private static String withoutPort(String authority) {
        return authority.replaceFirst(":[0-9]*$", "");
    }

    /**
     * Looks for a key, if there are any.
     *
     * @param answer the fields of the answer, which tell what is wanted
     * @throws ProtocolException status 401, if there is none, or another
     */
    void checkKey(Request request, HttpFields.Mutable answer) {
        if (keys.isEmpty()) {
            return;
        }
        String given = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        String bearer = given == null ? "" : given.replaceFirst("^(?i)bearer +", "Bearer ");
        byte[] bytes = bearer.getBytes(StandardCharsets.UTF_8);
        boolean isKnown = false;
        for (String key : keys) {
            isKnown |= MessageDigest.isEqual(bytes, ("Bearer " + key).getBytes(StandardCharsets.UTF_8));
        }
        if (!isKnown) {
            answer.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            throw refused(401, "invalid_api_key", "the request has no key that is known here");
        }
    }

    /**
     * Looks at how a body is written. Types that a page may send without asking first are those of programs alone.
     *
     * @param answer the fields of the answer, which tell what is read
     * @throws ProtocolException status 415, if it is no JSON in UTF-8 as it is; status 501, if it is compressed for its transfer
     */
    static void checkBody(Request request, HttpFields.Mutable answer) {
        for (String coding : request.getHeaders().getCSV(HttpHeader.TRANSFER_ENCODING, false)) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw refused(
                        501,
                        "unsupported-transfer-encoding",
                        "Transfer-Encoding: bodies in " + coding + " are not read; expected chunked");
            }
        }
        for (String encoding : request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false)) {
            if (!encoding.equalsIgnoreCase("identity")) {
                answer.put(HttpHeader.ACCEPT_ENCODING, "identity");
                throw refused(
                        415,
                        "unsupported-content-encoding",
                        "Content-Encoding: bodies in " + encoding + " are not read");
            }
        }
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (!isRead(type, request.getHeaders().contains(HttpHeader.ORIGIN))) {
            throw refused(
                    415,
                    "unsupported-content-type",
                    "Content-Type: expected application/json in UTF-8, but not " + (type == null ? "none" : type));
        }
    }

    private static boolean isRead(@Nullable String type, boolean isOfPage) {
        if (type == null) {
            return !isOfPage;
        }
        List<String> parts = List.of(lower(type).split(" *; *", -1));
        String media = parts.get(0).strip();
        return (JSON.matcher(media).matches() || !isOfPage && OF_PROGRAMS.contains(media))
                && parts.stream()
                        .noneMatch(part -> OTHER_CHARSET.matcher(part.strip()).matches());
    }

    private static ProtocolException refused(int status, String code, String message) {
        return new ProtocolException(status, "invalid_request_error", "", code, message);
    }
}
