// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.springai;

import dev.espalier.springai.EspalierOutputConverter;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Reads invoices. */
// page: begin
@RestController
class InvoiceController {

    private final ChatClient client;
    private final EspalierOutputConverter<Invoice> invoices;

    InvoiceController(ChatClient.Builder builder, EspalierOutputConverter<Invoice> invoices) {
        this.client = builder.build();
        this.invoices = invoices;
    }

    @PostMapping("/invoices")
    @Nullable
    Invoice read(@RequestBody String mail) {
        return client.prompt().user(mail).call().entity(invoices);
    }
}
// page: end
