// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bodies of HTTP/1.1 arrive, whatever else their requests offer. */
class OfferedBodiesTest {

    private static final String HTTP2_SETTINGS = "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n";
    private static final String UPGRADE = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + HTTP2_SETTINGS;
    private static final String EXPECT = "Expect: 100-continue\r\n";

    /** Bodies by endpoint, and a part of the answer. */
    private static final Map<String, List<String>> ENDPOINTS = Map.of(
            "/v1/chat/completions",
            List.of(
                    "{\"model\":\"scripted\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
                    "\"content\":\"Hello.\""),
            "/v1/completions",
            List.of(
                    "{\"model\":\"scripted\",\"prompt\":\"<|im_start|>assistant\\n\",\"temperature\":0}",
                    "\"text\":\"Hello.\""),
            "/v1/responses",
            List.of("{\"model\":\"scripted\",\"temperature\":0,\"input\":\"Hi\"}", "\"text\":\"Hello.\""),
            "/tokenize",
            List.of("{\"model\":\"scripted\",\"prompt\":\"abc\"}", "[97,98,99]"),
            "/detokenize",
            List.of("{\"model\":\"scripted\",\"tokens\":[97,98,99]}", "abc"),
            "/v1/models/load",
            List.of("{\"model\":\"scripted\"}", "\"id\":\"scripted\""),
            "/models/load",
            List.of("{\"model\":\"scripted\"}", "\"id\":\"scripted\""),
            "/v1/models/unload",
            List.of("{\"model\":\"scripted\"}", "was not loaded by the server"),
            "/models/unload",
            List.of("{\"model\":\"scripted\"}", "was not loaded by the server"));

    private static List<String> texts(String path) {
        return Objects.requireNonNull(ENDPOINTS.get(path));
    }

    /** What requests may offer beside their body. */
    private static final List<String> OFFERS = List.of(
            "",
            UPGRADE,
            "Upgrade: h2c\r\n" + HTTP2_SETTINGS + "Connection: HTTP2-Settings, upgrade\r\n",
            "Connection: Upgrade\r\nConnection: HTTP2-Settings\r\nUpgrade: h2c\r\n" + HTTP2_SETTINGS,
            "Connection: Upgrade\r\nUpgrade: h2c\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: %\r\n",
            UPGRADE + HTTP2_SETTINGS,
            "Upgrade: h2c\r\n",
            "Upgrade: h2c\r\nConnection: keep-alive\r\n",
            "Connection: Upgrade\r\n",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n",
            "Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: websocket, h2c\r\n" + HTTP2_SETTINGS,
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c, h2\r\n" + HTTP2_SETTINGS,
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n" + HTTP2_SETTINGS,
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2\r\n" + HTTP2_SETTINGS,
            "Connection: Upgrade\r\nUpgrade:\r\n",
            "TE: trailers\r\n",
            "Connection: TE, Upgrade, HTTP2-Settings\r\nTE: trailers\r\nUpgrade: h2c\r\n" + HTTP2_SETTINGS,
            "Accept-Encoding: gzip, br\r\n",
            "Alt-Used: localhost\r\n");

    /** How a body is written: the end of the head, and the rest. */
    private enum Form {
        FIXED {
            @Override
            List<String> written(String body) {
                return List.of("Content-Length: " + body.length() + "\r\n\r\n", body);
            }
        },
        CHUNKED {
            @Override
            List<String> written(String body) {
                return List.of("Transfer-Encoding: chunked\r\n\r\n", chunk(body) + "0\r\n\r\n");
            }
        },
        MANY_CHUNKS {
            @Override
            List<String> written(String body) {
                return List.of(
                        "transfer-encoding: Chunked\r\n\r\n",
                        chunk(body.substring(0, 1)) + chunk(body.substring(1, 7)),
                        chunk(body.substring(7)).replaceFirst("\r\n", ";name=\"value\"\r\n"),
                        "000\r\n\r\n");
            }
        },
        TRAILERS {
            @Override
            List<String> written(String body) {
                return List.of(
                        "Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n", chunk(body) + "0\r\nX-Sum: 1\r\n\r\n");
            }
        };

        abstract List<String> written(String body);

        static String chunk(String text) {
            return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
        }
    }

    private static Served served;

    @BeforeAll
    static void start() {
        served = new Served(new ScriptedModel(prompt -> "Hello."), ServerOptions.DEFAULT);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static String head(String path, String version, String offer) {
        return "POST " + path + " HTTP/" + version + "\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + offer;
    }

    private static void assertRead(String path, RawConnection.Answer answer) {
        String text = answer.head() + answer.body();
        assertEquals(path.endsWith("unload") ? 400 : 200, answer.status(), text);
        assertTrue(answer.body().contains(texts(path).get(1)), text);
        assertFalse(answer.isLast(), text);
    }

    @Test
    void whateverIsOfferedTheBodyArrivesAndTheConnectionGoesOn() {
        List<Executable> all = new ArrayList<>();
        ENDPOINTS.forEach((path, texts) -> {
            boolean isOne = path.equals("/tokenize");
            for (String offer : OFFERS.subList(0, isOne ? OFFERS.size() : 2)) {
                for (String expect : List.of("", EXPECT)) {
                    for (Form form : Form.values()) {
                        all.add(() ->
                                assertAnswered(path, offer + expect, form.written(texts.get(0)), !expect.isEmpty()));
                    }
                }
            }
        });
        assertAll(all);
    }

    private static void assertAnswered(String path, String offer, List<String> body, boolean isExpecting)
            throws IOException {
        try (RawConnection connection = new RawConnection(served)) {
            for (int i = 0; i < 2; i++) {
                connection.send(head(path, "1.1", offer) + body.get(0));
                if (isExpecting) {
                    RawConnection.Answer go = connection.answer();
                    assertEquals(100, go.status(), offer + go);
                }
                for (String rest : body.subList(1, body.size())) {
                    connection.send(rest);
                }
                assertRead(path, connection.answer());
            }
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(path + " " + offer + body.get(0), e);
        }
    }

    @Test
    void nobodyNeedsToWaitForTheLeaveThatHeAsksFor() throws IOException {
        String path = "/tokenize";
        for (Form form : Form.values()) {
            try (RawConnection connection = new RawConnection(served)) {
                String whole = String.join("", form.written(texts(path).get(0)));
                connection.send((head(path, "1.1", UPGRADE + EXPECT) + whole).repeat(3));
                for (int i = 0; i < 3; i++) {
                    assertRead(path, afterLeave(connection));
                }
            }
        }
    }

    private static RawConnection.Answer afterLeave(RawConnection connection) throws IOException {
        RawConnection.Answer first = connection.answer();
        return first.status() == 100 ? connection.answer() : first;
    }

    @Test
    void requestsBehindABodyAreRead() throws IOException {
        StringBuilder all = new StringBuilder();
        List<String> paths = List.of("/tokenize", "/detokenize", "/v1/chat/completions", "/v1/models/load");
        for (Form form : Form.values()) {
            for (String offer : List.of("", UPGRADE)) {
                for (String path : paths) {
                    all.append(head(path, "1.1", offer))
                            .append(String.join("", form.written(texts(path).get(0))));
                }
            }
        }
        try (RawConnection connection = new RawConnection(served)) {
            connection.send(all.toString());
            for (int i = 0; i < 2 * Form.values().length; i++) {
                for (String path : paths) {
                    assertRead(path, connection.answer());
                }
            }
        }
    }
}
