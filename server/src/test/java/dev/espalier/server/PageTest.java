// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page at the root, as browsers are told to treat it. */
class PageTest {

    private static HttpResponse<String> page() throws Exception {
        try (Served served = new Served(prompt -> "Hello.")) {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(served.uri("/"))).build(),
                            HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String field(HttpResponse<String> response, String name) {
        return String.join("|", response.headers().allValues(name));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        assertEquals(from - begin.length(), text.lastIndexOf(begin), "one " + begin);
        return text.substring(from, text.indexOf(end, from));
    }

    private static String hash(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    @Test
    void itsOwnScriptAndStyleAloneAreRun() throws Exception {
        HttpResponse<String> page = page();
        assertEquals(
                List.of(
                        "default-src 'none'",
                        "script-src " + hash(between(page.body(), "<script>", "</script>")),
                        "style-src " + hash(between(page.body(), "<style>", "</style>")),
                        "connect-src 'self'",
                        "img-src data:",
                        "frame-ancestors 'none'",
                        "base-uri 'none'",
                        "form-action 'none'"),
                List.of(field(page, "Content-Security-Policy").split("; ")));
        assertEquals("no-referrer", field(page, "Referrer-Policy"));
        assertEquals("nosniff", field(page, "X-Content-Type-Options"));
    }

    @Test
    void thePageHasNothingThatItsPolicyForbids() throws Exception {
        String page = page().body();
        String markup = page.replaceAll("(?s)<(script|style)>.*?</\\1>", "");
        for (String forbidden : List.of(
                "\\sstyle\\s*=",
                "\\son[a-z]+\\s*=",
                "\\ssrc\\s*=",
                "javascript:",
                "<script",
                "<style",
                "<base",
                "<iframe")) {
            assertFalse(Pattern.compile(forbidden).matcher(markup).find(), forbidden);
        }
        for (String forbidden : List.of("\\beval\\(", "new Function\\(", "setAttribute\\('style'", "style=\"")) {
            assertFalse(Pattern.compile(forbidden).matcher(page).find(), forbidden);
        }
        assertFalse(page.contains("\r"), "browsers take the hash of lines that end with a line feed");
    }
}
