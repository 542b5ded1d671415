// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.testing.ScriptedModel;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted connections, with a certificate that keytool makes. */
class TlsTest {

    private static final String PASSWORD = "a password";

    @TempDir
    private static Path folder;

    private static Path store;
    private static SSLContext trusting;

    @BeforeAll
    static void makeCertificate() throws Exception {
        store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(certificates);
        trusting = SSLContext.getInstance("TLS");
        trusting.init(null, managers.getTrustManagers(), null);
    }

    private static Served served(ScriptedModel model, Path keys, String password) {
        return new Served(model, ServerOptions.DEFAULT.with(new ServerOptions.Tls(keys, password)));
    }

    @ParameterizedTest
    @EnumSource
    void overBothVersions(HttpClient.Version version) throws Exception {
        try (Served served = served(new ScriptedModel(prompt -> "Hello."), store, PASSWORD)) {
            assertTrue(served.uri("/").startsWith("https://127.0.0.1:"), served.uri("/"));
            HttpResponse<String> response = HttpClient.newBuilder()
                    .sslContext(trusting)
                    .version(version)
                    .build()
                    .send(
                            HttpRequest.newBuilder(URI.create(served.uri("/v1/chat/completions")))
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    "{\"model\":\"scripted\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
            assertEquals(version, response.version());
            assertTrue(response.body().contains("Hello."), response.body());
        }
    }

    @ParameterizedTest
    @EnumSource
    void bodiesOfUnknownLengthArriveAndLongOnesAreToldWhyTheyAreRefused(HttpClient.Version version) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusting).version(version).build();
        String body = "{\"model\":\"scripted\",\"prompt\":\"abc\"}";
        ServerOptions options = ServerOptions.DEFAULT
                .with(new ServerOptions.Tls(store, PASSWORD))
                .withBounds(1000, 4);
        try (Served served = new Served(new ScriptedModel(prompt -> "Hello."), options)) {
            for (boolean isExpecting : new boolean[] {false, true}) {
                for (int length : new int[] {0, 400_000, 0}) {
                    byte[] bytes = (body + " ".repeat(length)).getBytes(StandardCharsets.US_ASCII);
                    HttpResponse<String> response = client.send(
                            HttpRequest.newBuilder(URI.create(served.uri("/tokenize")))
                                    .expectContinue(isExpecting)
                                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(bytes)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                    assertEquals(version, response.version());
                    assertEquals(length == 0 ? 200 : 413, response.statusCode(), response.body());
                }
            }
        }
    }

    @Test
    void aClientThatGoesEndsItsText() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ScriptedModel endless = new ScriptedModel(prompt -> {
            asked.countDown();
            return "x".repeat(1_000_000);
        });
        String body = "{\"model\":\"scripted\",\"max_tokens\":60000,\"temperature\":0,\"prompt\":\"Hi\"}";
        try (Served served = served(endless, store, PASSWORD)) {
            try (var socket = trusting.getSocketFactory()
                    .createSocket("127.0.0.1", served.server.uri().getPort())) {
                socket.getOutputStream()
                        .write(("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length()
                                        + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                assertTrue(asked.await(60, TimeUnit.SECONDS));
            }
            String line = Objects.requireNonNull(served.log.poll(60, TimeUnit.SECONDS), "the text goes on");
            assertTrue(line.contains("\"POST /v1/completions HTTP/1.1\" 499 "), line);
            assertTrue(endless.passes() < 59_000, "the text was written to its end");
        }
    }

    @Test
    void aKeyStoreThatIsNoneIsNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.p12"), "no keys");
        for (Path wrong : new Path[] {folder.resolve("nothing.p12"), folder, text}) {
            assertNamed(wrong, PASSWORD);
        }
        assertNamed(store, "another password");
        assertNamed(store, "");
    }

    private static void assertNamed(Path keys, String password) {
        InvalidInputException thrown = assertThrows(
                InvalidInputException.class,
                () -> served(new ScriptedModel(prompt -> ""), keys, password).close());
        String message = String.valueOf(thrown.getMessage());
        assertTrue(message.startsWith(keys + ": "), message);
        assertTrue(!message.contains("password") || !message.contains(PASSWORD), message);
    }
}
