// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

@Tag("integration")
class InvoiceApplicationTest {

    private static String sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return response.body();
    }

    @Test
    void aTextBecomesAnInvoiceOverHttp() throws IOException, InterruptedException {
        try (ConfigurableApplicationContext context =
                SpringApplication.run(InvoiceApplication.class, "--server.port=0", "--server.address=127.0.0.1")) {
            Environment environment = context.getEnvironment();
            String server = "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port");
            String body = sent(HttpRequest.newBuilder(URI.create(server + "/invoices"))
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "Invoice for Hill & Co, dated 2026-03-14. The total is 1250.50 EUR.")));
            assertEquals("{\"customer\":\"Hill & Co\",\"date\":\"2026-03-14\",\"total\":1250.50}", body);
            String health = sent(HttpRequest.newBuilder(URI.create(server + "/actuator/health")));
            assertTrue(health.contains("\"espalier\"") && health.contains("\"device\":\"cpu\""), health);
        }
    }
}
