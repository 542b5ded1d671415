// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.cli.EspalierCommand;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The models of {@code serve}, and what computes them. */
class ServeCommandTest {

    @TempDir
    private static Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        return EspalierCommand.run(new Console(new ByteArrayInputStream(new byte[0]), out, out, false), arguments);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatNoModelWouldHeedIsRefused() throws IOException {
        String gguf = Files.createFile(folder.resolve("m.gguf")).toString();
        String text = Files.createFile(folder.resolve("m.txt")).toString();
        Map<List<String>, String> refused = Map.ofEntries(
                Map.entry(List.of("--llama-cpp", "l.so"), "not the embedded model"),
                Map.entry(List.of("--llama-cpp", "l.so", "--model", "sprig"), "not the embedded model"),
                Map.entry(List.of("--llama-cpp", "l.so", "--model", folder.toString()), "this is a directory"),
                Map.entry(
                        List.of("--llama-cpp", "l.so", "--model", gguf, "--precision", "int8"),
                        "--precision is of PyTorch"),
                Map.entry(
                        List.of("--llama-cpp", "l.so", "--model", gguf, "--device", "cuda"), "--device is of PyTorch"),
                Map.entry(List.of("--precision", "int7"), "--precision"),
                Map.entry(List.of("--device", "tpu"), "tpu"),
                Map.entry(List.of("--model", text), "expected a .gguf file"),
                Map.entry(List.of("--model", "a=" + folder.resolve("none")), "but there is none"),
                Map.entry(List.of("--model", "sprig", "--model", "sprig"), "two models are called \"sprig\""),
                Map.entry(List.of("--model", "a=" + gguf, "--model", "a=sprig"), "two models are called \"a\""),
                Map.entry(List.of("--draft-tokens", "-1"), "--draft-tokens must be 0 or more"),
                Map.entry(List.of("--draft-model", gguf), "sprig is the embedded one"),
                Map.entry(List.of("--model", gguf, "--draft-model", "b=" + gguf), "none is called \"b\""),
                Map.entry(
                        List.of("--model", gguf, "--model", "sprig", "--draft-model", gguf),
                        "with a name of [m, sprig]"),
                Map.entry(
                        List.of("--model", gguf, "--draft-model", gguf, "--draft-model", "m=" + gguf),
                        "there are two for \"m\""),
                Map.entry(
                        List.of(
                                "--model",
                                gguf,
                                "--draft-model",
                                folder.resolve("none").toString()),
                        "but there is none"),
                Map.entry(List.of("--model", gguf, "--draft-model", text), "expected a .gguf file"));
        refused.forEach((options, why) -> {
            told.reset();
            String[] all = new String[options.size() + 3];
            all[0] = "serve";
            all[1] = "--port";
            all[2] = "0";
            System.arraycopy(options.toArray(String[]::new), 0, all, 3, options.size());
            assertEquals(ExitCode.BAD_INPUT, run(all), options + told());
            assertTrue(told().contains(why), options + told());
            assertFalse(told().contains("internal error"), told());
        });
    }

    @Test
    void theHelpListsIt() {
        assertEquals(ExitCode.DONE, run("--help"));
        assertTrue(told().matches("(?s).*\n  serve +Answers OpenAI's protocol over HTTP: .*"), told());
        told.reset();
        assertEquals(ExitCode.DONE, run("serve", "--help"));
        for (String option : List.of("--precision", "--llama-cpp", "--draft-model", "--draft-tokens", "--device")) {
            assertTrue(told().contains(option), option);
        }
    }

    @Test
    void theEmbeddedModelIsServedBesideAnother() throws Exception {
        assumeTrue(
                ServeCommandTest.class.getResource("/dev/espalier/sprig/tokenizer.json") != null,
                "the embedded model is not among the resources");
        Thread server = new Thread(() ->
                run("serve --port 0 --threads 1 --precision f32 --draft-tokens 3 --model sprig --model other=sprig"
                        .split(" ")));
        server.setDaemon(true);
        server.start();
        try {
            Pattern started =
                    Pattern.compile("espalier: (http://\\S+)/v1 answers with sprig, other; stop it with Ctrl\\+C");
            Matcher matcher = started.matcher("");
            while (server.isAlive() && !matcher.reset(told()).find()) {
                Thread.sleep(20);
            }
            for (String model : List.of("other", "sprig")) {
                String body = "{\"model\":\"" + model + "\",\"temperature\":0,\"json_schema\":{\"type\":\"object\","
                        + "\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"]},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"Name: Ada Lovelace of London\"}]}";
                JsonNode answer = JsonMapper.shared()
                        .readTree(HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(URI.create(matcher.group(1) + "/v1/chat/completions"))
                                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body());
                String content = answer.at("/choices/0/message/content").asString();
                assertTrue(content.contains("Ada"), answer.toString());
            }
        } finally {
            server.interrupt();
        }
    }
}
