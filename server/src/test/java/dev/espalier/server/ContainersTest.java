// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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

    @Test
    void filesThatAreNamedAreThere() throws IOException {
        String compose = Files.readString(FILES.resolve("compose.yaml"));
        Matcher mounts = Pattern.compile("- \\./([^:]+):").matcher(compose);
        int found = 0;
        while (mounts.find()) {
            found++;
            assertTrue(Files.exists(FILES.resolve(mounts.group(1))), mounts.group(1));
        }
        assertEquals(3, found);
        String dockerfile = Files.readString(FILES.resolve("Dockerfile"));
        assertTrue(dockerfile.contains("dev.espalier.cli.Main serve --host 0.0.0.0"));
        assertTrue(compose.contains("dockerfile: containers/Dockerfile"));
        assertTrue(Files.exists(Path.of("../server/pom.xml")) && dockerfile.contains("-pl server -am"));
    }
}
