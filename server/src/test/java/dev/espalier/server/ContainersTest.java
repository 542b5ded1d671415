// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.cli.console.Console;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The files for containers, as far as they can be checked without any: metrics of the dashboard, paths, and the options of the server. */
class ContainersTest {

    private static final Path FILES = Path.of("../containers");
    private static final Pattern METRIC = Pattern.compile("\\b(?:espalier|gen_ai)_[a-z_]+(?=[\\[)]|$)");

    private static String metrics() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        try (Served served = new Served(prompt -> "<think>\nSo.\n</think>\n\nHello.")) {
            for (String more : new String[] {"", "\"regex\":\"[0-9]{1,3}\",", "\"regex\":\"(\","}) {
                String body = "{" + more
                        + "\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"json_schema\":null}";
                client.send(
                        HttpRequest.newBuilder(URI.create(served.uri("/v1/chat/completions")))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
            }
            client.send(
                    HttpRequest.newBuilder(URI.create(served.uri("/v1/chat/completions")))
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"json_schema\":{\"type\":7}}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return client.send(
                            HttpRequest.newBuilder(URI.create(served.uri("/metrics")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void theDashboardAsksForMetricsThatThereAre() throws IOException, InterruptedException {
        String told = metrics();
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(FILES.resolve("grafana/dashboard.json")));
        TreeSet<String> missing = new TreeSet<>();
        int queries = 0;
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                queries++;
                Matcher names = METRIC.matcher(target.get("expr").stringValue().replaceAll("by \\([^)]*\\)", ""));
                int found = 0;
                while (names.find()) {
                    found++;
                    if (!Pattern.compile("(?m)^" + names.group() + "[{ ]")
                            .matcher(told)
                            .find()) {
                        missing.add(names.group());
                    }
                }
                assertTrue(found > 0, target.toString());
            }
        }
        assertEquals(new TreeSet<>(), missing, told);
        assertTrue(queries >= 10);
    }

    /** The lines of a file that are no comments, and those that are. */
    private static Map<Boolean, String> lines(String file) throws IOException {
        return Files.readString(FILES.resolve(file))
                .lines()
                .collect(Collectors.partitioningBy(
                        line -> line.strip().startsWith("#"), Collectors.joining("\n", "", "\n")));
    }

    private static String told(String file) throws IOException {
        return Objects.requireNonNull(lines(file).get(false));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    @Test
    void filesThatAreNamedAreThere() throws IOException {
        String compose = told("compose.yaml");
        List<String> mounts = found("- \\./([^:]+):", compose);
        assertEquals(3, mounts.size());
        for (String mount : mounts) {
            assertTrue(Files.exists(FILES.resolve(mount)), mount);
        }
        String dockerfile = told("Dockerfile");
        assertTrue(dockerfile.contains("dev.espalier.cli.Main serve --host 0.0.0.0 --port \\\"$ESPALIER_PORT\\\""));
        assertTrue(compose.contains("dockerfile: containers/Dockerfile"));
        assertTrue(Files.exists(Path.of("../server/pom.xml")) && dockerfile.contains("-pl server -am"));
    }

    @Test
    void volumesAreMountedOnFoldersOfTheUsersOwn() throws IOException {
        String dockerfile = told("Dockerfile");
        String own = dockerfile.substring(dockerfile.indexOf("USER espalier"));
        String server = told("compose.yaml").replaceAll("(?s)\n  prometheus:.*", "");
        List<String> targets = found("- [a-z]+:([^:\\s]+)", server);
        assertEquals(List.of("/home/espalier/.djl.ai"), targets);
        assertEquals(targets, found("RUN mkdir -p (\\S+)", own));
    }

    @Test
    void portsArePublishedForThisMachineAlone() throws IOException {
        String compose = told("compose.yaml");
        List<String> published = found("- \"([0-9.:]+)\"", compose);
        assertEquals(List.of("127.0.0.1:8080:8080", "127.0.0.1:3000:3000"), published);
    }

    @Test
    void theFilesOfWhatIsCommentedFitEachOther() throws IOException {
        String compose = Objects.requireNonNull(lines("compose.yaml").get(true));
        Map<String, String> mounted =
                Map.of("/models", "../models", "/run/keys.txt", "./keys.txt", "/run/key.txt", "./key.txt");
        mounted.forEach(
                (target, source) -> assertTrue(compose.contains("# - " + source + ":" + target + ":ro"), target));
        assertTrue(compose.contains("\"/models/NAME\"") && compose.contains("\"/run/keys.txt\""), compose);
        assertEquals(
                List.of("/run/key.txt"),
                found(
                        "#   credentials_file: (\\S+)",
                        Objects.requireNonNull(lines("prometheus.yaml").get(true))));
        CommandLine serve = new CommandLine(
                new ServeCommand(new Console(InputStream.nullInputStream(), System.out, System.err, false)));
        List<String> options = found("\"(--[a-z-]+)\"", compose);
        assertEquals(2, options.size());
        options.forEach(option -> assertNotNull(serve.getCommandSpec().findOption(option), option));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHealthCheckTellsWhetherTheServerAnswers() throws Exception {
        String line = found("HEALTHCHECK [^\\[]*(\\[.*])", told("Dockerfile")).get(0);
        List<String> words = new ArrayList<>();
        JsonMapper.shared().readTree(line).forEach(word -> words.add(word.stringValue()));
        ProcessBuilder check = new ProcessBuilder(words);
        check.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try (Served served = new Served(prompt -> "Hello.")) {
            check.environment()
                    .put("ESPALIER_PORT", String.valueOf(served.server.uri().getPort()));
            assertEquals(0, check.start().waitFor());
        }
        assertEquals(1, check.start().waitFor());
    }
}
