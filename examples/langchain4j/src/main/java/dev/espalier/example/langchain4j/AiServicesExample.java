// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.langchain4j;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.Output;
import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.backends.LoadOptions;
import dev.espalier.langchain4j.EspalierChatModel;
import dev.espalier.langchain4j.EspalierOutputs;
import dev.espalier.langchain4j.EspalierStreamingChatModel;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** AI services over the embedded model, which copies what a short text says into the members of a schema. */
public final class AiServicesExample {

    private static final String MAIL = """
            Ticket number: TK-4471
            Reporter: Mira Holm
            Subject: printer on floor two does not answer
            Priority: high
            Tags: printer, network
            Urgent: yes
            """;

    private static final String INVOICE = """
            Invoice number: HK-20718
            Customer: Juniper Row Bakery
            Date: 2025-03-14
            Total: 106.50
            """;

    private AiServicesExample() {}

    enum Priority {
        LOW,
        MEDIUM,
        HIGH
    }

    record Ticket(
            @JsonProperty(required = true) String ticketNumber,
            @JsonProperty(required = true) String reporter,
            @JsonProperty(required = true) Priority priority,
            @JsonProperty(required = true) List<String> tags,
            @JsonProperty(required = true) boolean urgent) {}

    record Invoice(String invoiceNumber, String customer, LocalDate date, BigDecimal total) {}

    interface Desk {

        Ticket ticket(String mail);
    }

    interface Bookkeeper {

        Invoice invoice(String mail);
    }

    interface Reader {

        TokenStream read(String mail);
    }

    /** The schema is what LangChain4j derives from the method: members may be left out unless they are required. */
    static Ticket ticket(Assistant assistant) {
        return AiServices.create(Desk.class, EspalierChatModel.of(assistant)).ticket(MAIL);
    }

    /** The schema is Espalier's: dates as ISO 8601 has them, and all members required. */
    static Invoice invoice(Assistant assistant) {
        return AiServices.builder(Bookkeeper.class)
                .chatModel(EspalierChatModel.of(assistant))
                .chatRequestTransformer(EspalierOutputs.answering(Output.of(Invoice.class)))
                .build()
                .invoice(INVOICE);
    }

    /** A stream that a schema holds. */
    static Invoice streamed(Assistant assistant) {
        Output<Invoice> invoices = Output.of(Invoice.class);
        CompletableFuture<Invoice> read = new CompletableFuture<>();
        AiServices.builder(Reader.class)
                .streamingChatModel(EspalierStreamingChatModel.of(assistant))
                .chatRequestTransformer(EspalierOutputs.answering(invoices))
                .build()
                .read(INVOICE)
                .onPartialResponse(System.out::print)
                .onCompleteResponse(response ->
                        read.complete(invoices.read(response.aiMessage().text())))
                .onError(read::completeExceptionally)
                .start();
        Invoice invoice = read.join();
        System.out.println();
        return invoice;
    }

    /** Prints a ticket, and an invoice twice: whole, and while it is written. */
    public static void main(String[] arguments) {
        try (LanguageModel model = Sprig.load(LoadOptions.DEFAULT);
                Assistant assistant = Assistant.of(
                        model,
                        AssistantOptions.DEFAULT.with(
                                (prompt, output, slots) -> Sprig.prompt(model, prompt, output)))) {
            System.out.println(ticket(assistant));
            System.out.println(invoice(assistant));
            System.out.println(streamed(assistant).total());
        }
    }
}
