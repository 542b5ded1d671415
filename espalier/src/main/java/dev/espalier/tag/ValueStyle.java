// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tag;

/** How the value of a schema is written. In all styles but {@link #JSON} the outermost object is written as elements, a member each, and what is in these as JSON. */
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
    GLM_XML("glm_xml");

    private final String name;

    ValueStyle(String name) {
        this.name = name;
    }

    /** The name in JSON. */
    public String id() {
        return name;
    }
}
