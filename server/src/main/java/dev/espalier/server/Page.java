// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page to try a schema in the browser, which asks this server itself.
 *
 * @param text the page
 * @param policy its Content-Security-Policy: its own scripts and styles are run, and no other server is asked
 */
record Page(String text, String policy) {

    /** Reads the page. */
    static Page read() {
        try (InputStream file = Page.class.getResourceAsStream("index.html")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            String policy = "default-src 'none'; script-src " + hashes(text, "script") + "; style-src "
                    + hashes(text, "style") + "; connect-src 'self'; img-src data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
            return new Page(text, policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hashes(String text, String element) {
        return Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult found) -> hash(found.group(1)))
                .collect(Collectors.joining(" "));
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
