// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.tool.ToolChoice;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.content.Media;
import org.springframework.util.MimeTypeUtils;

class EspalierChatModelTest {

    private static final String SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"number\":{\"type\":\"string\",\"pattern\":\"^[A-Z]{2}-[0-9]{5}$\"}},"
                    + "\"required\":[\"number\"],\"additionalProperties\":false}";

    private static Prompt prompt(ChatOptions options) {
        return new Prompt("The invoice HK-20718.", options);
    }

    @Test
    void aSchemaIsKeptByCallsAndStreams() {
        EspalierChatModel model = Scripted.saying("{\"number\":\"invoice 20718\"}");
        ChatOptions options =
                EspalierChatOptions.builder().outputSchema(SCHEMA).seed(1L).build();
        String called = Scripted.text(model.call(prompt(options)));
        String streamed = Scripted.text(model.stream(prompt(options)));
        assertTrue(called.matches("\\{\"number\":\"[A-Z]{2}-[0-9]{5}\"}"), called);
        assertEquals(called, streamed);
    }

    @Test
    void aResponseSaysWhatItTook() {
        ChatResponse response = Scripted.saying("<think>\nA port.\n</think>\n\nHong Kong.")
                .call(prompt(EspalierChatOptions.builder().build()));
        assertEquals("Hong Kong.", Scripted.text(response));
        assertEquals("stop", Scripted.said(response).getMetadata().getFinishReason());
        assertEquals(
                "A port.", Scripted.said(response).getOutput().getMetadata().get("thinking"));
        assertEquals("A port.", Scripted.said(response).getMetadata().get("thinking"));
        assertEquals("scripted", response.getMetadata().getModel());
        assertTrue(response.getMetadata().getId().startsWith("espalier-"));
        assertTrue(response.getMetadata().getUsage().getPromptTokens() > 20);
        int written = response.getMetadata().getUsage().getCompletionTokens();
        int thought = (Integer) Scripted.said(response, AnswerMetadata.REASONING_TOKENS);
        assertTrue(thought > 0 && thought < written, thought + " of " + written);
        assertFalse((Boolean) Scripted.said(response, AnswerMetadata.CLOSED_BY_BUDGET));
        assertTrue(Scripted.said(response).getMetadata().containsKey(AnswerMetadata.LOG_WEIGHT));
    }

    @Test
    void aBudgetCutsFreeTextAndClosesAValue() {
        EspalierChatModel model = Scripted.saying("{\"number\":\"HK-20718\"}");
        ChatOptions.Builder<?> few = ChatOptions.builder().maxTokens(3);
        ChatResponse cut = model.call(prompt(few.build()));
        assertEquals("length", Scripted.said(cut).getMetadata().getFinishReason());
        assertEquals(3, cut.getMetadata().getUsage().getCompletionTokens());
        EspalierChatOptions open = EspalierChatOptions.builder()
                .outputSchema("{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}")
                .maxTokens(4)
                .build();
        ChatResponse closed = Scripted.saying("[1,2,3,4,5,6,7,8]").call(prompt(open));
        assertEquals("length", Scripted.said(closed).getMetadata().getFinishReason());
        assertTrue((Boolean) Scripted.said(closed, AnswerMetadata.CLOSED_BY_BUDGET));
        assertTrue(Scripted.text(closed).matches("\\[[0-9,]+]"), Scripted.text(closed));
        EspalierChatOptions tooFew =
                EspalierChatOptions.builder().outputSchema(SCHEMA).maxTokens(3).build();
        assertThrows(LimitExceededException.class, () -> model.call(prompt(tooFew)));
    }

    @Test
    void whatCannotBeKeptIsRefusedByName() {
        EspalierChatModel model = Scripted.saying("Yes.");
        UnsupportedFeatureException other = assertThrows(
                UnsupportedFeatureException.class,
                () -> model.call(prompt(ChatOptions.builder().model("large").build())));
        assertEquals("model", other.feature());
        Media image = new Media(MimeTypeUtils.IMAGE_PNG, URI.create("https://example.org/a.png"));
        Prompt seen = new Prompt(
                List.of(UserMessage.builder().text("What is this?").media(image).build()));
        assertEquals(
                "media",
                assertThrows(UnsupportedFeatureException.class, () -> model.call(seen))
                        .feature());
        assertEquals(
                "media",
                assertThrows(
                                UnsupportedFeatureException.class,
                                () -> model.stream(seen).blockLast())
                        .feature());
        EspalierChatOptions required =
                EspalierChatOptions.builder().toolChoice(ToolChoice.REQUIRED).build();
        assertThrows(InvalidInputException.class, () -> model.call(prompt(required)));
    }
}
