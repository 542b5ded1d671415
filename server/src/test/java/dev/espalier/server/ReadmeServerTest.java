// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The README's commands to a server, in a Java machine of its own as the launcher starts it, which then answers OpenAI's own client. How long that takes, the runner says. */
@Tag("integration")
class ReadmeServerTest {

    private static final Pattern COMMANDS = Pattern.compile(
            "```sh\nbin/espalier (serve)\n```\n.*?```sh\ncurl -s localhost:8080(\\S+) -d '(.*?)'\n```\n.*?```\n(.*?)\n```",
            Pattern.DOTALL);

    private static final Pattern STARTED =
            Pattern.compile("espalier: (http://127.0.0.1:[0-9]+)/v1 answers with sprig; stop it with Ctrl\\+C");

    private static Process start(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.espalier.cli.Main"));
        words.addAll(List.of(command, "--port", "0", "--threads", "1"));
        return new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String uri(BufferedReader told) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            Matcher matcher = STARTED.matcher(line);
            if (matcher.matches()) {
                return matcher.group(1);
            }
            all.append(line).append('\n');
        }
        throw new IllegalStateException(all.toString());
    }

    @Test
    void theReadmesCommandsLeadToAnAnswer() throws IOException, InterruptedException {
        Matcher commands = COMMANDS.matcher(Files.readString(Path.of("../README.md")));
        assertTrue(commands.find());
        Process server = start(commands.group(1));
        try (BufferedReader told =
                new BufferedReader(new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8))) {
            String uri = uri(told);
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(uri + commands.group(2)))
                                    .header("Content-Type", "application/x-www-form-urlencoded") // as curl does
                                    .POST(HttpRequest.BodyPublishers.ofString(commands.group(3)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(
                    commands.group(4),
                    JsonMapper.shared()
                            .readTree(response.body())
                            .at("/choices/0/message/content")
                            .asString());
            assertTrue(ofTheOfficialClient(uri).contains("Juniper"));
        } finally {
            server.destroy();
            assertEquals(143, server.waitFor());
        }
    }

    private static String ofTheOfficialClient(String uri) {
        OpenAIClient client =
                OpenAIOkHttpClient.builder().baseUrl(uri + "/v1").apiKey("none").build();
        try {
            return client.chat()
                    .completions()
                    .create(ChatCompletionCreateParams.builder()
                            .model("sprig")
                            .temperature(0.0)
                            .addUserMessage("Customer: Juniper Row Bakery")
                            .responseFormat(Customer.class)
                            .build())
                    .choices()
                    .get(0)
                    .message()
                    .content()
                    .orElseThrow()
                    .customer;
        } finally {
            client.close();
        }
    }

    /** A record that the client makes a schema of. */
    public static class Customer {
        public String customer = "";
    }
}
