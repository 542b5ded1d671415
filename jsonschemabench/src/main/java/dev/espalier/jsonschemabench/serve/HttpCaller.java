// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a server over HTTP. */
final class HttpCaller implements Caller {

    private static final String DATA = "data: ";
    private static final String DONE = "[DONE]";

    private final URI server;
    private final HttpClient client;

    HttpCaller(URI server, HttpClient.Version version) {
        this.server = server;
        this.client = HttpClient.newBuilder().version(version).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Content-Type", "application/json");
    }

    /** The text of a page. */
    String page(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public String ask(LoadRequest asked, OptionalInt leaving, FrameTimes times) throws Exception {
        HttpRequest request = request(asked.path())
                .POST(HttpRequest.BodyPublishers.ofString(asked.body().toString()))
                .build();
        times.begin();
        if (asked.isStreamed()) {
            return frames(client.send(request, HttpResponse.BodyHandlers.ofInputStream()), leaving, times);
        }
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        if (leaving.isEmpty()) {
            return whole(answer.get());
        }
        try {
            return whole(answer.get(2L * leaving.getAsInt(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException early) {
            answer.cancel(true);
            return LEFT;
        }
    }

    private static String whole(HttpResponse<String> response) {
        JsonNode body = JsonMapper.shared().readTree(response.body());
        return response.statusCode() == 200
                ? LoadAnswer.whole(body)
                : LoadAnswer.refused(
                        response.statusCode(), body.path("error").path("param").asString(""));
    }

    private static String frames(HttpResponse<InputStream> response, OptionalInt leaving, FrameTimes times)
            throws IOException {
        LoadAnswer answer = new LoadAnswer();
        boolean isDone = false;
        int read = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            if (response.statusCode() != 200) {
                return LoadAnswer.refused(response.statusCode(), lines.readLine());
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (leaving.isPresent() && read++ == leaving.getAsInt()) {
                    return LEFT; // closing the stream closes the connection, or resets its stream
                } else if (line.equals(DATA + DONE)) {
                    isDone = true;
                } else if (line.startsWith(DATA)) {
                    JsonNode data = JsonMapper.shared().readTree(line.substring(DATA.length()));
                    isDone |= data.path("type").asString("").matches("response\\.(completed|incomplete)");
                    times.frame(data);
                    answer.add(data);
                }
            }
        }
        return isDone ? answer.toString() : "frames without an end: " + answer;
    }
}
