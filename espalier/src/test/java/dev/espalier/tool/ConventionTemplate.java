// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Makes chat templates that write calls as a convention says, with arguments of scalars. */
final class ConventionTemplate {

    private static final Pattern HOLE = Pattern.compile("\\{(name|arguments|index|id)\\}");

    private ConventionTemplate() {}

    static String of(ToolConvention convention) {
        String begin = convention.text().map(ToolConvention.Text::begin).orElse("");
        String end = convention.text().map(text -> text.end() + text.finish()).orElse("");
        String before = convention
                .text()
                .filter(ToolConvention.Text::isBeforeCalls)
                .map(text -> text.begin() + text.end())
                .orElse("");
        String finish = convention.text().map(ToolConvention.Text::finish).orElse("");
        return "{%- for tool in tools or [] %}{{ tool | tojson }}\n{% endfor %}"
                + "{%- for message in messages %}{{ '<|im_start|>' + message.role + '\\n' }}"
                + "{%- if message.tool_calls %}" + literal(before)
                + "{%- for call in message.tool_calls %}"
                + "{%- if loop.first %}" + literal(convention.opening())
                + "{%- else %}" + literal(convention.between())
                + "{%- endif %}" + call(convention) + "{%- endfor %}" + literal(convention.closing() + finish)
                + "{%- elif message.role == 'assistant' %}" + literal(begin) + "{{ message.content }}" + literal(end)
                + "{%- else %}{{ message.content }}{%- endif %}{{ '<|im_end|>\\n' }}{%- endfor %}"
                + "{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{%- endif %}";
    }

    private static String literal(String text) {
        return text.isEmpty() ? "" : "{{ " + JsonMapper.shared().writeValueAsString(text) + " }}";
    }

    private static String call(ToolConvention convention) {
        StringBuilder template = new StringBuilder();
        Matcher hole = HOLE.matcher(convention.call());
        int from = 0;
        while (hole.find()) {
            template.append(literal(convention.call().substring(from, hole.start())));
            template.append(
                    switch (hole.group(1)) {
                        case "name" -> "{{ call.function.name }}";
                        case "index" -> "{{ loop.index0 }}";
                        case "id" -> "{{ call.id }}";
                        default -> arguments(convention);
                    });
            from = hole.end();
        }
        return template + literal(convention.call().substring(from));
    }

    private static String arguments(ToolConvention convention) {
        String text = "{{ value if value is string else value | tojson }}";
        String comma = "{{ '' if loop.first else ', ' }}";
        return switch (convention.style()) {
            case JSON -> "{{ call.function.arguments | tojson }}";
            case QWEN_XML ->
                members("{{ '\\n<parameter=' + name + '>\\n' }}" + text + "{{ '\\n</parameter>' }}") + "{{ '\\n' }}";
            case MINIMAX_XML -> members("<parameter name=\"{{ name }}\">" + text + "{{ '</parameter>\\n' }}");
            case DEEPSEEK_XML ->
                members("<｜DSML｜parameter name=\"{{ name }}\" string=\"{{ 'true' if value is string else 'false' }}\">"
                        + text + "{{ '</｜DSML｜parameter>\\n' }}");
            case DEEPSEEK_V4_1_XML ->
                members("<｜DSML｜ parameter name=\"{{ name }}\" string=\"{{ 'true' if value is string else 'false' }}\">"
                        + text + "{{ '</｜DSML｜ parameter>\\n' }}");
            case GLM_XML -> members("<arg_key>{{ name }}</arg_key><arg_value>" + text + "</arg_value>");
            case MINIMAX_M3_XML ->
                members("]<]minimax[>[<{{ name }}>" + text + "]<]minimax[>[</{{ name }}>{{ '\\n' }}");
            case COHERE_XML ->
                members("<cofl:value name=\"{{ name }}\" type=\"{{ 'raw' if value is string else 'json' }}\">" + text
                        + "</cofl:value>");
            case KIMI_K3_XML ->
                members(
                        "<|open|>argument key=\"{{ name }}\" type=\"{{ 'string' if value is string else 'boolean' if value is boolean else 'number' }}\"<|sep|>"
                                + text + "<|close|>argument<|sep|>");
            case PYTHON -> members(comma + "{{ name }}={{ value | tojson if value is string else value }}");
            case KEYWORDS -> members(comma + "{{ name }}={{ value | tojson }}");
        };
    }

    private static String members(String member) {
        return "{%- for name, value in call.function.arguments | items %}" + member + "{%- endfor %}";
    }
}
