// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

/**
 * How the value of a schema is written. In the styles of elements the outermost object is written as elements, a member each, and what is in these as JSON, unless the style says more. The last
 * two write its members as the arguments of a call in Python; structural tags of XGrammar do not have them.
 */
public enum ValueStyle {
    /** JSON. */
    JSON("json"),
    /** {@code <parameter=KEY>VALUE</parameter>}. */
    QWEN_XML("qwen_xml"),
    /** {@code <parameter name="KEY">VALUE</parameter>}. */
    MINIMAX_XML("minimax_xml"),
    /** {@code <｜DSML｜parameter name="KEY" string="true">VALUE</｜DSML｜parameter>}; {@code string} says whether the value is a string. */
    DEEPSEEK_XML("deepseek_xml"),
    /** {@code <｜DSML｜ parameter name="KEY" string="true">VALUE</｜DSML｜ parameter>}. */
    DEEPSEEK_V4_1_XML("deepseek_v4_1_xml"),
    /** {@code <arg_key>KEY</arg_key><arg_value>VALUE</arg_value>}. */
    GLM_XML("glm_xml"),
    /** {@code ]<]minimax[>[<KEY>VALUE]<]minimax[>[</KEY>}; objects and arrays inside are elements, too, those of an array called {@code item}. */
    MINIMAX_M3_XML("minimax_m3_xml"),
    /** {@code <cofl:value name="KEY" type="raw">VALUE</cofl:value>}; objects and arrays inside are elements, too, those of an array without a name. */
    COHERE_XML("cohere_xml"),
    /** {@code <|open|>argument key="KEY" type="string"<|sep|>VALUE<|close|>argument<|sep|>}. */
    KIMI_K3_XML("kimi_k3_xml"),
    /** {@code KEY="text", OTHER=True}: literals of Python. */
    PYTHON("python"),
    /** {@code KEY="text", OTHER=true}: values in JSON. */
    KEYWORDS("keywords");

    private final String name;

    ValueStyle(String name) {
        this.name = name;
    }

    /** Whether one line end before a string and one behind it are no part of it. */
    public boolean isWrapped() {
        return this == QWEN_XML || this == MINIMAX_XML || this == DEEPSEEK_XML || this == DEEPSEEK_V4_1_XML;
    }

    /** Whether members are the arguments of a call in Python. */
    public boolean isPython() {
        return this == PYTHON || this == KEYWORDS;
    }

    /** The name in JSON. */
    public String id() {
        return name;
    }
}
