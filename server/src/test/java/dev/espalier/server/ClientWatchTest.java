// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testing.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Clients of HTTP/1.1 that go, or send more, while their request is being answered. */
class ClientWatchTest {

    private static final String ENDLESS = "{\"model\":\"scripted\",\"max_tokens\":60000,\"temperature\":0,";

    private final CountDownLatch asked = new CountDownLatch(1);

    private static String request(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private ScriptedModel model(UnaryOperator<String> script) {
        return new ScriptedModel(prompt -> {
            asked.countDown();
            return script.apply(prompt);
        });
    }

    @Test
    void aClientThatGoesEndsItsText() throws Exception {
        for (List<String> call : List.of(
                List.of("/v1/chat/completions", ENDLESS + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"),
                List.of("/v1/completions", ENDLESS + "\"prompt\":\"<|im_start|>assistant\\n\"}"),
                List.of(
                        "/v1/responses",
                        ENDLESS.replace("max_tokens", "max_output_tokens") + "\"input\":\"Hi\",\"stream\":false}"))) {
            try (Served served = new Served(model(prompt -> "x".repeat(1_000_000)), ServerOptions.DEFAULT)) {
                try (Socket socket = new Socket("127.0.0.1", served.server.uri().getPort())) {
                    send(socket, request(call.get(0), call.get(1)));
                    assertTrue(asked.await(60, TimeUnit.SECONDS));
                }
                String line = Objects.requireNonNull(served.log.poll(60, TimeUnit.SECONDS), "the text goes on");
                assertTrue(line.contains("\"POST " + call.get(0) + " HTTP/1.1\" 499 "), line);
                assertTrue(served.model.passes() < 59_000, "the text was written to its end");
            }
        }
    }

    @Test
    void aClientThatSendsNoMoreIsToldWhyItsTextEnded() throws Exception {
        try (Served served = new Served(model(prompt -> "x".repeat(1_000_000)), ServerOptions.DEFAULT);
                Socket socket = new Socket("127.0.0.1", served.server.uri().getPort())) {
            send(
                    socket,
                    request(
                            "/v1/chat/completions",
                            ENDLESS + "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
            assertTrue(asked.await(60, TimeUnit.SECONDS));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 499 ") && answer.contains("\"code\":\"client-gone\""), answer);
        }
    }

    @Test
    void whatIsSentMeanwhileIsTheNextRequest() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ScriptedModel slow = model(prompt -> {
            try {
                // several looks at the connection
                return prompt.contains("first") && never.await(900, TimeUnit.MILLISECONDS) ? "" : "Hello.";
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        String first = request(
                "/v1/chat/completions",
                "{\"model\":\"scripted\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"first\"}]}");
        String second = request(
                "/v1/chat/completions",
                "{\"model\":\"scripted\",\"temperature\":0,\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"second\"}],"
                        + "\"user\":\"" + "u".repeat(3000) + "\"}");
        try (Served served = new Served(slow, ServerOptions.DEFAULT);
                Socket socket = new Socket("127.0.0.1", served.server.uri().getPort())) {
            send(socket, first);
            assertTrue(asked.await(60, TimeUnit.SECONDS));
            send(socket, second.substring(0, 100));
            assertTrue(read(socket.getInputStream()).contains("\"finish_reason\":\"stop\""));
            send(socket, second.substring(100));
            assertTrue(read(socket.getInputStream()).contains("\"finish_reason\":\"length\""));
            // the whole next request at once: more than the watch keeps
            send(socket, first + second);
            assertTrue(read(socket.getInputStream()).contains("\"finish_reason\":\"stop\""));
            assertTrue(read(socket.getInputStream()).contains("\"finish_reason\":\"length\""));
            send(socket, first);
            assertTrue(read(socket.getInputStream()).contains("\"finish_reason\":\"stop\""));
            send(socket, second + first);
            assertTrue(read(socket.getInputStream()).contains("\"finish_reason\":\"length\""));
            assertTrue(read(socket.getInputStream()).contains("\"finish_reason\":\"stop\""));
            for (int i = 0; i < 7; i++) {
                assertTrue(Objects.requireNonNull(served.log.poll(60, TimeUnit.SECONDS))
                        .contains("\" 200 "));
            }
        }
    }

    /** One response, with its head. */
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int one = in.read();
            assertTrue(one >= 0, "the connection was closed");
            head.write(one);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        assertTrue(text.startsWith("HTTP/1.1 200"), text);
        int length = Integer.parseInt(text.replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1"));
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
