// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.grammar.lark.LarkFile.Definition;
import dev.espalier.grammar.lark.LarkFile.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The terminals of {@code %import common}. */
final class LarkCommon {

    private static final String INT = "[0-9]+";
    private static final String SIGN = "[+-]?";
    private static final String EXPONENT = "[eE]" + SIGN + INT;
    private static final String DECIMAL = "(?:" + INT + "\\.[0-9]*|\\." + INT + ")";
    private static final String FLOAT = "(?:" + INT + EXPONENT + "|" + DECIMAL + "(?:" + EXPONENT + ")?)";
    private static final String NUMBER = "(?:" + FLOAT + "|" + INT + ")";
    private static final String UNESCAPED = ".*?(?<!\\\\)(?:\\\\\\\\)*?";

    private static final Map<String, LarkNode.Common> TERMINALS = Map.ofEntries(
            entry("DIGIT", "[0-9]", 5),
            entry("HEXDIGIT", "[0-9a-fA-F]", 21),
            entry("INT", INT, 10),
            entry("SIGNED_INT", SIGN + INT, 24),
            entry("DECIMAL", DECIMAL, 44),
            entry("_EXP", EXPONENT, 31),
            entry("FLOAT", FLOAT, 126),
            entry("SIGNED_FLOAT", SIGN + FLOAT, 140),
            entry("NUMBER", NUMBER, 141),
            entry("SIGNED_NUMBER", SIGN + NUMBER, 155),
            entry("_STRING_INNER", ".*?", 3, ""),
            entry("_STRING_ESC_INNER", UNESCAPED, 18, ""),
            entry("ESCAPED_STRING", "\"" + UNESCAPED + "\"", 20, "\"(?:[^\"\\\\]|\\\\.)*\""),
            entry("LCASE_LETTER", "[a-z]", 5),
            entry("UCASE_LETTER", "[A-Z]", 5),
            entry("LETTER", "[a-zA-Z]", 15),
            entry("WORD", "[a-zA-Z]+", 20),
            entry("CNAME", "[a-zA-Z_][a-zA-Z0-9_]*", 53),
            entry("WS_INLINE", "[ \\t]+", 13),
            entry("WS", "[ \\t\\f\\r\\n]+", 12),
            entry("CR", "\\r", 1),
            entry("LF", "\\n", 1),
            entry("NEWLINE", "(?:\\r?\\n)+", 12),
            entry("SH_COMMENT", "#[^\\n]*", 6),
            entry("CPP_COMMENT", "//[^\\n]*", 9),
            entry("C_COMMENT", "/\\*(?:.|\\n)*?\\*/", 13, "/\\*(?:[^*]|\\*+[^*/])*\\*+/"),
            entry("SQL_COMMENT", "--[^\\n]*", 7));

    private LarkCommon() {}

    private static Map.Entry<String, LarkNode.Common> entry(String name, String regex, int length) {
        return entry(name, regex, length, regex);
    }

    private static Map.Entry<String, LarkNode.Common> entry(String name, String regex, int length, String longest) {
        return Map.entry(name, new LarkNode.Common(regex, length, longest));
    }

    /** The definitions that a statement imports, by what they are called where it stands. */
    static Map<String, Definition> definitions(LarkFile.Import statement, UnaryOperator<String> names) {
        Map<String, Definition> found = new LinkedHashMap<>();
        statement.names().keySet().forEach(name -> {
            LarkNode.Common body = TERMINALS.get(name);
            if (body != null) {
                String here = names.apply(name);
                found.put(
                        here,
                        new Definition(Kind.NEW, here, "", List.of(), 0, false, Map.of(), body, statement.spot()));
            }
        });
        return found;
    }
}
