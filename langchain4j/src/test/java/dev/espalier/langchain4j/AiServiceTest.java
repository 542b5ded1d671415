// SPDX-License-Identifier: Apache-2.0
package dev.espalier.langchain4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.langchain4j.agent.tool.Tool;
import org.junit.jupiter.api.Test;

/** An AI service with a tool and a record. All types, tools and streams are those of the tests tagged as integration. */
class AiServiceTest {

    record Report(String city, int degrees) {}

    static final class Weather {

        @Tool
        int temperature(String city) {
            return city.equals("Oslo") ? -4 : 21;
        }
    }

    interface Service {

        Report report(String question);
    }

    @Test
    void aServiceCallsAMethodAndReturnsARecord() {
        try (Talk talk = new Talk(prompt -> prompt.contains("<|im_start|>tool\n-4")
                ? "{\"city\":\"Oslo\",\"degrees\":-4}"
                : Talk.call("temperature", "{\"city\":\"Oslo\"}"))) {
            Service service = talk.service(Service.class).tools(new Weather()).build();
            assertEquals(new Report("Oslo", -4), service.report("How cold is Oslo?"));
        }
    }
}
