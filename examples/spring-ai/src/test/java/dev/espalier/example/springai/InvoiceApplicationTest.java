// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

@Tag("integration")
class InvoiceApplicationTest {

    private static String sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    /** The first block of the page that a pattern finds. */
    private static String shown(String pattern) throws IOException {
        String page = Files.readString(Path.of("../../docs/frameworks/spring-ai.md"));
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    @Test
    void aTextBecomesTheInvoiceThatThePageShows() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(InvoiceApplication.class, "--server.port=0", "--server.address=127.0.0.1")) {
            String server = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
            String body = sent(HttpRequest.newBuilder(URI.create(server + "/invoices"))
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString(shown("-d '([^']*)'"))));
            assertEquals(shown("```json\n(\\{\"customer.*?)\n```"), body);
            assertEquals("{\"customer\":\"Hill & Co\",\"date\":\"2026-03-14\",\"total\":1250.50}", body);
            String health = sent(HttpRequest.newBuilder(URI.create(server + "/actuator/health")));
            String own = shown("```json\n(\"espalier\".*?)\n```");
            assertTrue(health.contains(own.replaceAll("\\s+", "")), health);
        }
    }

    @Test
    void thePageStartsThisClass() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(pom.contains("<argument>" + InvoiceApplication.class.getName() + "</argument>"), pom);
        assertTrue(shown("(mvn [^\n]*exec:exec)").contains("-pl examples/spring-ai -am"));
    }
}
