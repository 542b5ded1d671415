// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.springai;

import dev.espalier.springai.EspalierOutputConverter;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Turns a text that is posted to {@code /invoices} into an invoice. */
@SpringBootApplication
public class InvoiceApplication {

    /** Starts it, on port 8080 unless {@code --server.port} says another. */
    public static void main(String... arguments) {
        SpringApplication.run(InvoiceApplication.class, arguments);
    }

    /** What is asked for. As a bean, it is compiled when the application starts. */
    @Bean
    EspalierOutputConverter<Invoice> invoices() {
        return EspalierOutputConverter.of(Invoice.class);
    }
}
