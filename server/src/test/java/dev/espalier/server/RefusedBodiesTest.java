// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Requests that are refused before their body has been read: the next one on the connection is read rightly, or the answer says that there is none. */
class RefusedBodiesTest {

    private static final String KEY = "Authorization: Bearer k\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String TOKENS = "{\"model\":\"scripted\",\"prompt\":\"abc\"}";
    private static final int MOST = 400;

    /** Heads, without their host where they have one, and the status. */
    private static final Map<String, Integer> REFUSED = Map.ofEntries(
            Map.entry("POST /tokenize HTTP/1.1\r\n" + JSON, 401),
            Map.entry("POST /v1/models HTTP/1.1\r\n" + KEY + JSON, 405),
            Map.entry("POST /health HTTP/1.1\r\n" + JSON, 405),
            Map.entry("PUT /v1/chat/completions HTTP/1.1\r\n" + KEY + JSON, 405),
            Map.entry("POST /v2 HTTP/1.1\r\n" + KEY + JSON, 404),
            Map.entry("POST /tokenize HTTP/1.1\r\n" + KEY + "Content-Type: text/html\r\n", 415),
            Map.entry("POST /tokenize HTTP/1.1\r\n" + KEY + JSON + "Content-Encoding: gzip\r\n", 415),
            Map.entry("POST /tokenize HTTP/1.1\r\n" + KEY + JSON + "Origin: http://there.example\r\n", 403),
            Map.entry("POST /tokenize HTTP/1.1\r\nHost: there.example\r\n" + KEY + JSON, 421),
            Map.entry("POST /tokenize HTTP/1.1\r\n" + KEY + JSON + "Expect: cake\r\n", 417),
            Map.entry("POST /tokenize HTTP/1.1\r\n" + KEY + JSON + "Expect: 100-continue, cake\r\n", 417),
            Map.entry("POST /v1/models/x%zz HTTP/1.1\r\n" + KEY + JSON, 400),
            Map.entry("GET /health HTTP/1.1\r\n", 200),
            Map.entry("GET /v1/models HTTP/1.1\r\n" + KEY, 200),
            Map.entry("GET /v1/models/other HTTP/1.1\r\n" + KEY, 404),
            Map.entry("DELETE /v1/models/scripted HTTP/1.1\r\n" + KEY, 405));

    private static Served served;

    @BeforeAll
    static void start() {
        served = new Served(
                new ScriptedModel(prompt -> "Hello."),
                ServerOptions.DEFAULT.withKeys(Set.of("k")).withBounds(MOST, 4));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String chunked(String body) {
        return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    }

    private static String request(String head) {
        return head.contains("Host: ") ? head : head.replaceFirst("\r\n", "\r\nHost: localhost\r\n");
    }

    @Test
    void theNextRequestIsReadRightlyOrThereIsNone() {
        List<Executable> all = new ArrayList<>();
        for (boolean isChunked : new boolean[] {false, true}) {
            for (boolean isLater : new boolean[] {false, true}) {
                for (String expect : List.of("", "Expect: 100-continue\r\n")) {
                    REFUSED.forEach((head, status) -> {
                        if (expect.isEmpty() || !head.contains("Expect")) {
                            all.add(() -> assertRefused(head + expect, status, TOKENS, isChunked, isLater));
                        }
                    });
                }
                String post = "POST /tokenize HTTP/1.1\r\n" + KEY + JSON;
                all.add(() -> assertRefused(post, 413, "x".repeat(MOST + 1), isChunked, isLater));
                all.add(() -> assertRefused(post, 413, "x".repeat(3_000_000), isChunked, isLater));
                all.add(() ->
                        assertRefused("POST /health HTTP/1.1\r\n", 405, "x".repeat(3_000_000), isChunked, isLater));
            }
        }
        assertAll(all);
    }

    private static void assertRefused(String head, int status, String body, boolean isChunked, boolean isLater)
            throws IOException {
        String length =
                isChunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: " + body.length() + "\r\n\r\n";
        String rest = isChunked ? chunked(body) : body;
        String what = head + length + isLater + " ";
        String next = "POST /tokenize HTTP/1.1\r\nHost: localhost\r\n" + KEY + JSON + "Content-Length: "
                + TOKENS.length() + "\r\n\r\n" + TOKENS;
        try (RawConnection connection = new RawConnection(served)) {
            connection.send(request(head) + length + (isLater ? "" : rest + next));
            RawConnection.Answer answer;
            if (isLater && isChunked && status == 413) {
                connection.send(rest);
                answer = connection.answer();
            } else {
                answer = connection.answer();
                if (isLater && !(answer.isLast() && head.contains("Expect"))) {
                    connection.send(rest); // who was not given leave sends nothing
                }
            }
            assertEquals(status, answer.status(), what + answer);
            assertTrue(answer.body().startsWith("{"), what + answer);
            assertTrue(status < 400 || answer.body().contains("\"error\":{\"message\":\""), what + answer);
            if (answer.isLast()) {
                assertTrue(connection.isEnded(), what + answer);
            } else {
                if (isLater) {
                    connection.send(next);
                }
                RawConnection.Answer second = connection.answer();
                assertEquals(200, second.status(), what + second);
                assertTrue(second.body().contains("[97,98,99]"), what + second);
            }
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(what + e, e);
        }
    }
}
