// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies over HTTP/2, as its frames may carry them. */
class Http2BodiesTest {

    private static final byte[] TOKENS =
            "{\"model\":\"scripted\",\"prompt\":\"abc\"}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = {};

    private static Served served;

    @BeforeAll
    static void start() {
        served = new Served(
                new ScriptedModel(prompt -> "Hello."),
                ServerOptions.DEFAULT.withKeys(Set.of("k")).withBounds(100_000, 4));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static byte[] head(String path, String... more) {
        String[] first = {
            ":method",
            "POST",
            ":scheme",
            "http",
            ":path",
            path,
            ":authority",
            "localhost",
            "content-type",
            "application/json"
        };
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return RawHttp2.fields(all);
    }

    private static byte[] tokenize(String... more) {
        String[] all = Arrays.copyOf(more, more.length + 2);
        all[more.length] = "authorization";
        all[more.length + 1] = "Bearer k";
        return head("/tokenize", all);
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(TOKENS, from, to);
    }

    private static void assertRead(RawHttp2.Answer answer) {
        assertEquals(200, answer.status(), answer.toString());
        assertTrue(answer.toString().contains("[97,98,99]"), answer.toString());
    }

    private interface Body {
        void send(RawHttp2 connection, int stream) throws IOException;
    }

    private static final List<Body> FORMS = List.of(
            (connection, stream) -> {
                connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, tokenize());
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, TOKENS);
            },
            (connection, stream) -> {
                connection.frame(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS,
                        stream,
                        tokenize("content-length", String.valueOf(TOKENS.length)));
                for (int i = 0; i < TOKENS.length; i++) {
                    connection.frame(RawHttp2.DATA, 0, stream, part(i, i + 1));
                }
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, NONE);
            },
            (connection, stream) -> {
                connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, tokenize());
                connection.frame(RawHttp2.DATA, RawHttp2.PADDED, stream, RawHttp2.padded(100, part(0, 5)));
                connection.frame(RawHttp2.DATA, RawHttp2.PADDED, stream, RawHttp2.padded(255, NONE));
                connection.frame(
                        RawHttp2.DATA,
                        RawHttp2.PADDED | RawHttp2.END_STREAM,
                        stream,
                        RawHttp2.padded(0, part(5, TOKENS.length)));
            },
            (connection, stream) -> {
                connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, tokenize("te", "trailers"));
                connection.frame(RawHttp2.DATA, 0, stream, TOKENS);
                connection.frame(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                        stream,
                        RawHttp2.fields("x-sum", "1"));
            },
            (connection, stream) -> {
                byte[] head = tokenize("x", "y".repeat(100));
                connection.frame(RawHttp2.HEADERS, 0, stream, Arrays.copyOf(head, 30));
                connection.frame(RawHttp2.CONTINUATION, 0, stream, Arrays.copyOfRange(head, 30, 50));
                connection.frame(
                        RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, stream, Arrays.copyOfRange(head, 50, head.length));
                connection.frame(RawHttp2.DATA, 0, stream, NONE);
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, TOKENS);
            },
            (connection, stream) -> {
                byte[] head = tokenize();
                byte[] ranked = new byte[5 + head.length];
                ranked[4] = 16;
                System.arraycopy(head, 0, ranked, 5, head.length);
                connection.frame(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS | RawHttp2.PRIORITY | RawHttp2.PADDED,
                        stream,
                        RawHttp2.padded(7, ranked));
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, TOKENS);
            },
            (connection, stream) -> {
                connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, tokenize("expect", "100-continue"));
                assertEquals(100, connection.answer(stream, 1).status());
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, TOKENS);
            },
            (connection, stream) -> {
                connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, tokenize("expect", "100-Continue"));
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, TOKENS);
            });

    @Test
    void bodiesArriveInAllTheirFrames() throws IOException {
        try (RawHttp2 connection = new RawHttp2(served)) {
            for (int i = 0; i < FORMS.size(); i++) {
                FORMS.get(i).send(connection, 2 * i + 1);
                assertRead(connection.answer(2 * i + 1));
            }
        }
    }

    @Test
    void bodiesArriveBesideOthers() throws IOException {
        try (RawHttp2 connection = new RawHttp2(served)) {
            connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, tokenize());
            connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 3, tokenize());
            for (int i = 0; i < TOKENS.length; i++) {
                int flags = i == TOKENS.length - 1 ? RawHttp2.END_STREAM : 0;
                connection.frame(RawHttp2.DATA, flags, 1, part(i, i + 1));
                connection.frame(RawHttp2.DATA, flags, 3, part(i, i + 1));
            }
            assertRead(connection.answer(3));
            assertRead(connection.answer(1));
        }
    }

    @Test
    void whatIsRefusedBeforeItsBodyHarmsNoOtherStream() throws IOException {
        try (RawHttp2 connection = new RawHttp2(served)) {
            int stream = 1;
            for (int i = 0; i < 8; i++) {
                for (byte[] head : List.of(
                        head("/tokenize"),
                        head("/health"),
                        head("/tokenize", "authorization", "Bearer k", "content-encoding", "gzip"),
                        head("/nothing", "authorization", "Bearer k"),
                        tokenize("expect", "100-continue", "content-length", "100010"),
                        tokenize("content-length", "100010"))) {
                    int other = stream + 2;
                    connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, head);
                    connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, other, tokenize());
                    RawHttp2.Answer answer = connection.answer(stream);
                    assertTrue(answer.isWhole && answer.status() >= 400, answer.toString());
                    if (answer.reset < 0 && i % 2 == 0) {
                        for (int part = 0; part < 10; part++) { // in spite of the answer
                            connection.frame(RawHttp2.DATA, 0, stream, new byte[10_000]);
                        }
                        connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, stream, new byte[10]);
                    } else {
                        connection.frame(RawHttp2.RESET, 0, stream, new byte[] {0, 0, 0, 8});
                    }
                    connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, other, TOKENS);
                    assertRead(connection.answer(other));
                    stream += 4;
                }
            }
        }
    }

    @Test
    void anUnknownExpectationIsRefusedAlone() throws IOException {
        try (RawHttp2 connection = new RawHttp2(served)) {
            connection.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, tokenize("expect", "cake"));
            RawHttp2.Answer answer = connection.answer(1);
            assertEquals(417, answer.status(), answer.toString());
            assertTrue(answer.toString().contains("Expect: only 100-continue is known"), answer.toString());
            FORMS.get(0).send(connection, 3);
            assertRead(connection.answer(3));
        }
    }

    @Test
    void aBodyOfAnotherLengthThanItsHeadSaysIsFaulty() throws IOException {
        for (int wrong : List.of(-1, 1)) {
            try (RawHttp2 connection = new RawHttp2(served)) {
                connection.frame(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS,
                        1,
                        tokenize("content-length", String.valueOf(TOKENS.length + wrong)));
                connection.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, TOKENS);
                RawHttp2.Answer answer = connection.answer(1);
                assertTrue(answer.status() == 400 || answer.reset == 1, answer.toString());
                FORMS.get(0).send(connection, 3);
                assertRead(connection.answer(3));
            }
        }
    }
}
