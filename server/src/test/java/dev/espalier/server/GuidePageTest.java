// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.espalier.cli.console.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands of the page about the server, against the server that its first command starts. */
class GuidePageTest {

    private static final Pattern CURL = Pattern.compile(
            "```sh\ncurl -s localhost:8080(\\S+)(.*?) -d '(.*?)'\n```\n(?:\n[^\n]*\n)?\n```json\n(.*?)\n```",
            Pattern.DOTALL);

    private static final ByteArrayOutputStream ERR = new ByteArrayOutputStream();
    private static Thread server;
    private static String uri = "";

    @BeforeAll
    static void serve() throws Exception {
        assumeTrue(
                GuidePageTest.class.getResource("/dev/espalier/sprig/tokenizer.json") != null,
                "the embedded model is not among the resources");
        PrintStream err = new PrintStream(ERR, true, StandardCharsets.UTF_8);
        Console console = new Console(new ByteArrayInputStream(new byte[0]), err, err, false);
        server = new Thread(() -> new CommandLine(new ServeCommand(console)).execute("--port", "0", "--threads", "1"));
        server.setDaemon(true);
        server.start();
        Pattern told =
                Pattern.compile("espalier: (http://127.0.0.1:[0-9]+)/v1 answers with sprig; stop it with Ctrl\\+C");
        while (server.isAlive()) {
            Matcher matcher = told.matcher(ERR.toString(StandardCharsets.UTF_8));
            if (matcher.find()) {
                uri = matcher.group(1);
                return;
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException(ERR.toString(StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.interrupt();
        }
    }

    /** The type of a body that curl sends. */
    private static String type(String options) {
        return options.isEmpty()
                ? "application/x-www-form-urlencoded"
                : options.replaceFirst(" -H 'Content-Type: (.*)'", "$1");
    }

    @Test
    void commandsAnswerWhatIsShown() throws IOException, InterruptedException {
        Matcher matcher = CURL.matcher(Files.readString(Path.of("../docs/guide/server.md")));
        int commands = 0;
        while (matcher.find()) {
            commands++;
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(uri + matcher.group(1)))
                                    .header("Content-Type", type(matcher.group(2)))
                                    .POST(HttpRequest.BodyPublishers.ofString(matcher.group(3)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            JsonNode body = JsonMapper.shared().readTree(response.body());
            String shown = response.statusCode() == 200
                    ? body.at("/choices/0/message/content").asString()
                    : response.body();
            assertEquals(matcher.group(4), shown);
        }
        assertEquals(3, commands);
    }

    @Test
    void theOfficialClientIsAnswered() {
        OpenAIClient client =
                OpenAIOkHttpClient.builder().baseUrl(uri + "/v1").apiKey("none").build();
        Map<?, ?> schema = JsonMapper.shared()
                .readValue(
                        "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"]}",
                        Map.class);
        ChatCompletionCreateParams params = ChatCompletionCreateParams.builder()
                .model("sprig")
                .temperature(0.0)
                .addUserMessage("Name: Ada Lovelace")
                .putAdditionalBodyProperty("json_schema", JsonValue.from(schema))
                .build();
        String content = client.chat()
                .completions()
                .create(params)
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
        client.close();
        assertTrue(content.contains("Ada"), content);
    }
}
