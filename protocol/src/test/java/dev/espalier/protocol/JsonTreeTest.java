// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON of clients: what is kept of it, and what is refused where. */
class JsonTreeTest {

    private static String read(String json) {
        return Protocol.object(json.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static ProtocolException refused(byte[] body) {
        ProtocolException refusal = assertThrows(ProtocolException.class, () -> Protocol.object(body));
        assertEquals(400, refusal.status());
        String message = String.valueOf(refusal.getMessage());
        for (String foreign : List.of("Feature", "Stream", "REDACTED", "token", "Object", "java", "code ")) {
            assertFalse(message.contains(foreign), message);
        }
        return refusal;
    }

    private static ProtocolException refused(String body) {
        return refused(body.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String body, String param, String code, String says) {
        ProtocolException refusal = refused(body);
        assertEquals(param, refusal.param().orElse(""));
        assertEquals(code, refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).contains(says), refusal.getMessage());
    }

    @Test
    void numbersKeepTheirDigits() {
        for (String number : List.of(
                "0.1234567890123456789",
                "123456789012345678901234567890",
                "1.50",
                "100",
                "1E+400",
                "1E-400",
                "1E+999999999",
                "-0.10",
                "2147483648",
                "-9223372036854775808")) {
            assertEquals(
                    "{\"b\":" + number + ",\"a\":[" + number + "]}",
                    read("{\"b\":" + number + ",\"a\":[" + number + "]}"));
        }
        assertEquals("{\"a\":1E+400}", read("{\"a\":1e400}"));
        refused("{\"a\":[0,1e9999999999]}", "a[1]", "limit", "the exponent of 1e9999999999 has more than 9 digits");
        refused("{\"a\":" + "9".repeat(1001) + "}", "a", "limit", "has more than 1000 characters");
    }

    @Test
    void valuesAreNestedSoDeep() {
        read("{\"a\":" + "[".repeat(499) + "]".repeat(499) + "}");
        ProtocolException refusal = refused("{\"a\":" + "[".repeat(500) + "]".repeat(500) + "}");
        assertEquals("limit", refusal.code());
        assertTrue(String.valueOf(refusal.getMessage()).endsWith("values are nested at most 500 deep"));
        refused("{\"a\":" + "[".repeat(1_000_000));
    }

    @Test
    void keysAreThereOnce() {
        refused("{\"regex\":\"a\",\"regex\":\"b\"}", "regex", "duplicate-key", "\"regex\" is there twice");
        refused("{\"regex\":\"a\",\"\\u0072egex\":\"b\"}", "regex", "duplicate-key", "\"regex\" is there twice");
        refused(
                "{\"t\":[{},{\"json_schema\":{\"type\":\"string\",\"type\":\"integer\"}}]}",
                "t[1].json_schema.type",
                "duplicate-key",
                "t[1].json_schema.type: \"type\" is there twice");
        assertEquals("{\"a\":{\"b\":1},\"b\":{\"a\":1}}", read("{\"a\":{\"b\":1},\"b\":{\"a\":1}}"));
    }

    @Test
    void halvesOfCharacters() {
        refused("{\"guided_choice\":[\"a\",\"\\ud800\"]}", "guided_choice[1]", "syntax", "a lone surrogate (\\ud800)");
        refused("{\"a\":\"\\udc00\\ud800\"}", "a", "syntax", "a lone surrogate (\\udc00)");
        refused("{\"a\":{\"\\ud83dx\":1}}");
        refused("{\"a\":{\"\\ud83d\":1}}");
        refused("{\"a\":{\"\\udc00\":1}}");
        assertEquals("{\"a\":\"😀\"}", read("{\"a\":\"\\ud83d\\ude00\"}"));
    }

    @Test
    void bytesThatAreNoUtf8() {
        for (byte[] bytes : new byte[][] {
            {(byte) 0xc0, (byte) 0xaf},
            {(byte) 0xc1, (byte) 0x81},
            {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xff},
            {(byte) 0xe2, (byte) 0x82}
        }) {
            byte[] body = new byte[7 + bytes.length];
            System.arraycopy("{\"a\":\"".getBytes(StandardCharsets.US_ASCII), 0, body, 0, 6);
            System.arraycopy(bytes, 0, body, 6, bytes.length);
            body[6 + bytes.length] = '"';
            ProtocolException refusal = refused(body);
            assertEquals("not-utf-8", refusal.code());
            assertTrue(String.valueOf(refusal.getMessage()).contains("byte 6 "), refusal.getMessage());
        }
        assertEquals("not-utf-8", refused(new byte[] {'{', '"', (byte) 0xe2}).code());
        assertEquals("{\"a\":\"€\"}", read("\uFEFF{\"a\":\"€\"}"));
    }

    @Test
    void textsThatAreNoJson() {
        refused("{\"a\": tru}", "", "not-json", "the body is no JSON: line 1, column 7: ");
        refused("{\"a\":}", "", "not-json", "line 1, column 6: ");
        refused("{\n\"a\": 1,}", "", "not-json", "line 2, column 8: ");
        refused("{'a': 1}", "", "not-json", "line 1, column 2: ");
        refused("{\"a\": NaN}", "", "not-json", "line 1, column ");
        refused("{\"a\": 01}", "", "not-json", "line 1, column ");
        refused("{\"a\": \"b\nc\"}", "", "not-json", "line 1, column ");
        refused("{\"a\": 1} x", "", "not-json", "line 1, column 10: ");
        refused("{\"a\": 1} {}", "", "not-json", "line 1, column 10: expected the end of the text behind the value");
        refused("{\"a\": 1", "", "not-json", "the text ends too early");
        refused("", "", "not-json", "the text ends too early");
        ProtocolException inside =
                assertThrows(ProtocolException.class, () -> JsonTree.read("{\"type\": tru}", "guided_json"));
        assertEquals("guided_json", inside.param().orElseThrow());
        assertTrue(String.valueOf(inside.getMessage()).startsWith("guided_json: this is no JSON: line 1, column 10: "));
    }
}
