// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** AI services whose model calls Java methods and remembers what was said. */
@Tag("integration")
class AiServiceToolsTest {

    enum Unit {
        CELSIUS,
        KELVIN
    }

    record Place(String city, int floor) {}

    record Report(String city, int degrees) {}

    static final class Weather {

        private final List<String> calls = new ArrayList<>();

        @Tool("The temperature of a city now.")
        int temperature(@P("the city") String city, Unit unit) {
            calls.add("temperature " + city + " " + unit);
            return city.equals("Oslo") ? -4 : 21;
        }

        @Tool
        String visit(Place place, List<String> people) {
            calls.add("visit " + place + " " + people);
            return "done";
        }

        @Tool
        String break_(String what) {
            calls.add("break " + what);
            throw new IllegalStateException("it is glued");
        }
    }

    interface Service {

        String ask(String question);

        Report report(String question);

        Result<String> result(String question);
    }

    interface Guide {

        @SystemMessage("You are a guide through {{city}}.")
        @UserMessage("Where is {{what}}?")
        String where(@V("city") String city, @V("what") String what);
    }

    interface Chat {

        String say(@MemoryId String user, @UserMessage String text);
    }

    private static final String OSLO = Talk.call("temperature", "{\"city\":\"Oslo\",\"unit\":\"CELSIUS\"}");
    private static final String ROME = Talk.call("temperature", "{\"city\":\"Rome\",\"unit\":\"CELSIUS\"}");

    /** Says one text after the other, each as the answer to what has as many answers before it. */
    private static UnaryOperator<String> rounds(String... texts) {
        return prompt -> texts[Math.min(Talk.answers(prompt), texts.length - 1)];
    }

    @Test
    void aMethodIsCalledAndItsResultAnswered() {
        Weather weather = new Weather();
        try (Talk talk = new Talk(rounds(OSLO, "It is -4 degrees."))) {
            Service service = talk.service(Service.class).tools(weather).build();
            assertEquals("It is -4 degrees.", service.ask("How cold is Oslo?"));
            assertEquals(List.of("temperature Oslo CELSIUS"), weather.calls);
            String last = talk.prompts().get(talk.prompts().size() - 1);
            assertTrue(last.contains("<|im_start|>tool\n-4<|im_end|>"), last);
        }
    }

    @Test
    void severalRoundsAndSeveralCallsInOneRound() {
        Weather weather = new Weather();
        String visit = Talk.call("visit", "{\"place\":{\"city\":\"Rome\",\"floor\":2},\"people\":[\"Ada\",\"Grace\"]}");
        try (Talk talk = new Talk(rounds(OSLO + "\n" + ROME, visit, "Rome is warmer; they are there."))) {
            Result<String> result =
                    talk.service(Service.class).tools(weather).build().result("Which one is warmer? Go there.");
            assertEquals("Rome is warmer; they are there.", result.content());
            assertEquals(
                    List.of(
                            "temperature Oslo CELSIUS",
                            "temperature Rome CELSIUS",
                            "visit Place[city=Rome, floor=2] [Ada, Grace]"),
                    weather.calls);
            assertEquals(
                    List.of("-4", "21", "done"),
                    result.toolExecutions().stream().map(one -> one.result()).toList());
        }
    }

    @Test
    void argumentsAreOfTheMethodsTypesWhateverTheModelWants() {
        Weather weather = new Weather();
        String wrong = Talk.call("temperature", "{\"city\":\"Oslo\",\"unit\":\"FAHRENHEIT\"}");
        try (Talk talk = new Talk(rounds(wrong, "Cold."))) {
            talk.service(Service.class).tools(weather).build().ask("How cold is Oslo?");
            assertEquals(1, weather.calls.size());
            assertTrue(weather.calls.get(0).matches("temperature Oslo (CELSIUS|KELVIN)"), weather.calls.toString());
        }
    }

    @Test
    void callsFirstAndARecordThen() {
        Weather weather = new Weather();
        try (Talk talk = new Talk(rounds(OSLO, "{\"city\":\"Oslo\",\"degrees\":-4}"))) {
            Service service = talk.service(Service.class).tools(weather).build();
            assertEquals(new Report("Oslo", -4), service.report("How cold is Oslo?"));
            assertEquals(1, weather.calls.size());
        }
    }

    @Test
    void aRecordWithoutACallIsAnAnswerToo() {
        Weather weather = new Weather();
        try (Talk talk = Talk.wanting("{\"city\":\"Oslo\",\"degrees\":0}")) {
            Service service = talk.service(Service.class).tools(weather).build();
            assertEquals(new Report("Oslo", 0), service.report("How cold is Oslo?"));
            assertTrue(weather.calls.isEmpty());
        }
    }

    @Test
    void theModelIsToldWhatAMethodThrows() {
        Weather weather = new Weather();
        try (Talk talk = new Talk(rounds(Talk.call("break_", "{\"what\":\"cup\"}"), "It does not break."))) {
            Service service = talk.service(Service.class).tools(weather).build();
            assertEquals("It does not break.", service.ask("Break the cup."));
            String last = talk.prompts().get(talk.prompts().size() - 1);
            assertTrue(last.contains("it is glued"), last);
        }
    }

    @Test
    void aModelThatNeverStopsCallingIsStopped() {
        Weather weather = new Weather();
        try (Talk talk = Talk.wanting(OSLO)) {
            Service service = talk.service(Service.class)
                    .tools(weather)
                    .maxToolCallingRoundTrips(3)
                    .build();
            assertThrows(RuntimeException.class, () -> service.ask("How cold is Oslo?"));
            assertTrue(weather.calls.size() <= 3, weather.calls.toString());
        }
    }

    @Test
    void messagesAreFilledIn() {
        try (Talk talk = Talk.wanting("By the river.")) {
            Guide guide = talk.service(Guide.class).build();
            assertEquals("By the river.", guide.where("Basel", "the Munster"));
            String prompt = talk.prompts().get(0);
            assertTrue(prompt.contains("<|im_start|>system\nYou are a guide through Basel.<|im_end|>"), prompt);
            assertTrue(prompt.contains("<|im_start|>user\nWhere is the Munster?<|im_end|>"), prompt);
        }
    }

    @Test
    void eachConversationHasItsMemory() {
        try (Talk talk = new Talk(prompt -> prompt.contains("I am Ada") ? "You are Ada." : "I do not know you."); ) {
            Chat chat = talk.service(Chat.class)
                    .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
                    .build();
            chat.say("one", "I am Ada.");
            assertEquals("You are Ada.", chat.say("one", "Who am I?"));
            assertEquals("I do not know you.", chat.say("two", "Who am I?"));
            String second = talk.prompts().stream()
                    .filter(prompt -> prompt.contains("I am Ada") && prompt.contains("Who am I"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(second.contains("<|im_start|>assistant\nYou are Ada.<|im_end|>"), second);
        }
    }

    @Test
    void callsAndResultsAreRemembered() {
        Weather weather = new Weather();
        try (Talk talk = new Talk(rounds(OSLO, "It is -4.", "As I said: -4."))) {
            Chat chat = talk.service(Chat.class)
                    .tools(weather)
                    .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
                    .build();
            assertEquals("It is -4.", chat.say("one", "How cold is Oslo?"));
            assertEquals("As I said: -4.", chat.say("one", "How cold?"));
            assertEquals(1, weather.calls.size());
            String last = talk.prompts().get(talk.prompts().size() - 1);
            assertTrue(last.contains("\"name\": \"temperature\"") && last.contains("<|im_start|>tool\n-4"), last);
        }
    }
}
