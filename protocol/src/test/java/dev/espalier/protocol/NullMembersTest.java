// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.assistant.Assistant;
import dev.espalier.assistant.AssistantOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.testing.ScriptedModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Members that are null ask for nothing, whatever their name: clients send all that they know. */
class NullMembersTest {

    private static final Map<String, String> GOOD = Map.of(
            "chat", "{\"model\":\"scripted\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
            "completion", "{\"model\":\"scripted\",\"prompt\":\"Hi\"}",
            "response", "{\"model\":\"scripted\",\"input\":\"Hi\"}");

    private static Assistant assistant;
    private static Protocol protocol;

    @BeforeAll
    static void start() {
        assistant = Assistant.of(new ScriptedModel(prompt -> "Hello."), AssistantOptions.DEFAULT);
        protocol = new Protocol(ServedModels.of(new ServedModel("scripted", assistant, 0, 64)));
    }

    @AfterAll
    static void stop() {
        assistant.close();
    }

    private static String answer(String endpoint, ObjectNode body) {
        Call call = switch (endpoint) {
            case "chat" -> protocol.chat(body);
            case "completion" -> protocol.completion(body);
            default -> protocol.response(body);
        };
        return call.answer(new Interruption(Duration.ofMinutes(1))).toString();
    }

    private static ObjectNode object(String json) {
        return Protocol.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode good(String endpoint) {
        return object(Objects.requireNonNull(GOOD.get(endpoint)));
    }

    /** Members of requests of OpenAI, vLLM, SGLang and llama.cpp, and of nobody. */
    static List<String> members() {
        return List.of(
                ("functions function_call audio prediction web_search_options modalities store metadata user service_tier"
                                + " response_format tools tool_choice parallel_tool_calls logprobs top_logprobs logit_bias seed stop n temperature top_p"
                                + " frequency_penalty presence_penalty max_tokens max_completion_tokens reasoning_effort stream stream_options verbosity"
                                + " safety_identifier prompt_cache_key prompt_cache_retention suffix best_of echo"
                                + " previous_response_id conversation include instructions truncation background text reasoning max_output_tokens max_tool_calls"
                                + " context_management moderation"
                                + " stop_token_ids min_tokens ignore_eos skip_special_tokens spaces_between_special_tokens include_stop_str_in_output"
                                + " continue_final_message add_generation_prompt add_special_tokens documents chat_template chat_template_kwargs"
                                + " mm_processor_kwargs guided_json guided_regex guided_choice guided_grammar guided_decoding_backend guided_whitespace_pattern"
                                + " structured_outputs structural_tag priority request_id return_tokens_as_token_ids return_token_ids cache_salt kv_transfer_params"
                                + " vllm_xargs bad_words allowed_token_ids logits_processors prompt_logprobs truncate_prompt_tokens use_beam_search length_penalty"
                                + " repetition_penalty min_p top_k thinking_token_budget repetition_detection"
                                + " regex ebnf json_schema lora_path session_params no_stop_trim stop_regex custom_logit_processor separate_reasoning stream_reasoning"
                                + " return_hidden_states rid bootstrap_host data_parallel_rank custom_params"
                                + " grammar cache_prompt id_slot n_predict n_keep n_indent mirostat mirostat_tau mirostat_eta dynatemp_range dynatemp_exponent"
                                + " dry_multiplier dry_base xtc_probability typical_p repeat_penalty repeat_last_n samplers timings_per_token post_sampling_probs"
                                + " t_max_predict_ms lora reasoning_format parse_tool_calls grammar_lazy grammar_triggers preserved_tokens return_progress"
                                + " nobody_knows_this")
                        .split(" "));
    }

    @ParameterizedTest
    @MethodSource("members")
    void anyMemberOfARequest(String name) {
        GOOD.forEach((endpoint, json) ->
                assertDoesNotThrow(() -> answer(endpoint, object(json).putNull(name)), endpoint));
        ObjectNode tokens = object("{\"model\":\"scripted\",\"prompt\":\"Hi\"}").putNull(name);
        assertEquals(2, protocol.tokens(tokens).get("count").intValue());
        ObjectNode back = object("{\"model\":\"scripted\",\"tokens\":[72]}").putNull(name);
        assertEquals("H", protocol.text(back).get("prompt").stringValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\",\"name\":null,\"refusal\":null,\"x\":null}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\",\"annotations\":null,\"cache_control\":null}]}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"a\",\"refusal\":null,\"audio\":null,\"function_call\":null,\"tool_calls\":null,"
                        + "\"reasoning\":null,\"reasoning_content\":null,\"annotations\":null},{\"role\":\"user\",\"content\":\"b\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"index\":null,\"custom\":null,"
                        + "\"function\":{\"name\":\"f\",\"arguments\":null,\"strict\":null}}]},{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\",\"name\":null}]}",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":null,\"parameters\":null,\"strict\":null,\"x\":null},\"x\":null}]}",
                "{\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"description\":null,\"format\":null}}]}",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\",\"x\":null},\"x\":null}}",
                "{\"response_format\":{\"type\":\"text\",\"json_schema\":null,\"schema\":null}}",
                "{\"response_format\":{\"type\":\"json_object\",\"schema\":null,\"x\":null}}",
                "{\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"description\":null,\"strict\":null,\"schema\":{\"type\":\"boolean\"},\"x\":null}}}",
                "{\"response_format\":{\"type\":\"structural_tag\",\"structures\":null,\"triggers\":null,\"format\":{\"type\":\"json_schema\",\"json_schema\":{\"type\":\"boolean\"},"
                        + "\"style\":null,\"max_whitespace_cnt\":null,\"any_order\":null,\"excludes\":null}}}",
                "{\"structured_outputs\":{\"json\":{\"type\":\"boolean\"},\"regex\":null,\"choice\":null,\"grammar\":null,\"json_object\":null,\"disable_fallback\":null,"
                        + "\"disable_any_whitespace\":null,\"disable_additional_properties\":null,\"whitespace_pattern\":null,\"structural_tag\":null}}",
                "{\"stream_options\":{\"include_usage\":null,\"include_obfuscation\":null,\"continuous_usage_stats\":null},\"stream\":true}",
                "{\"chat_template_kwargs\":{\"enable_thinking\":null,\"thinking\":null}}",
                "{\"logit_bias\":{\"1\":null}}"
            })
    void membersOfWhatIsInside(String members) {
        ObjectNode body = good("chat");
        body.setAll(object(members));
        Call call = protocol.chat(body);
        assertDoesNotThrow(() -> call.compile(new Cancellation()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":{\"format\":null,\"verbosity\":null,\"x\":null}}",
                "{\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"description\":null,\"strict\":null,\"schema\":{\"type\":\"boolean\"}}}}",
                "{\"reasoning\":{\"effort\":null,\"summary\":null,\"generate_summary\":null,\"x\":null}}",
                "{\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":null,\"parameters\":null,\"strict\":null,\"defer_loading\":null}]}",
                "{\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\",\"id\":null,\"status\":null,\"phase\":null,\"x\":null}]}",
                "{\"input\":[{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"f\",\"arguments\":\"{}\",\"id\":null,\"namespace\":null},"
                        + "{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":\"1\",\"id\":null,\"status\":null}]}"
            })
    void membersInsideAResponse(String members) {
        ObjectNode body = good("response");
        body.setAll(object(members));
        Call call = protocol.response(body);
        assertDoesNotThrow(() -> call.compile(new Cancellation()));
    }

    @Test
    void whatIsNeededIsMissingWhereItIsNull() {
        for (String needed : List.of("messages", "model")) {
            ProtocolException refusal = assertThrows(
                    ProtocolException.class, () -> protocol.chat(good("chat").putNull(needed)));
            assertTrue(String.valueOf(refusal.getMessage()).contains(needed + ": is missing"), refusal.getMessage());
        }
        ProtocolException unknown = assertThrows(
                ProtocolException.class, () -> protocol.chat(good("chat").put("nobody_knows_this", false)));
        assertEquals("unknown-member", unknown.code());
        assertEquals("nobody_knows_this", unknown.param().orElse(""));
    }

    @Test
    void topPOfZeroTakesTheLikeliest() {
        GOOD.forEach((endpoint, json) -> {
            for (String zero : List.of("0", "0.0", "1e-400")) {
                ObjectNode body = object(json.replaceFirst("\\{", "{\"top_p\":" + zero + ",\"temperature\":2,"));
                assertTrue(
                        answer(endpoint, body).contains(endpoint.equals("completion") ? "usage" : "Hello."), endpoint);
            }
        });
    }
}
