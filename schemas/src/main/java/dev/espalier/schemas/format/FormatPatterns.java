// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The formats that are asserted, each as defined by the document to which the validation vocabulary, or the OpenAPI Initiative's registry of
 * formats, refers. {@code docs/reference/formats.md} lists them with those documents, and the names that are only annotations.
 *
 * <p>Leap seconds are known for offsets in quarters of an hour, as all real ones are.
 */
final class FormatPatterns {

    private static final String HEX = "[0-9A-Fa-f]";
    private static final String DAY = "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
            + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
    private static final String OFFSET = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + ")*";
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]";
    private static final String BEYOND = "\\u00A0-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFEF" + planes();
    private static final String PRIVATE = "\\uE000-\\uF8FF\\u{F0000}-\\u{FFFFD}\\u{100000}-\\u{10FFFD}";
    private static final String NON_ASCII = "\\u0080-\\u{10FFFF}";

    private FormatPatterns() {}

    /** All formats that are asserted, by their names. */
    static Map<String, Format> all() {
        Map<String, Format> all = new HashMap<>();
        texts().forEach((name, pattern) -> all.put(name, new Format.Texts(pattern, -1)));
        all.put("hostname", new Format.Hosts(HOST, 253, "(^|\\.)[Xx][Nn]--", new ALabels.Kind()));
        all.put("idn-hostname", new Format.Read(idn(), new IdnaName()));
        all.put("regex", new Format.Read("", new TextKind.Regexes()));
        for (int bits = 8; bits <= 64; bits *= 2) {
            BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
            all.put("int" + bits, new Format.Integers(half.negate(), half.subtract(BigInteger.ONE)));
            all.put(
                    "uint" + bits,
                    new Format.Integers(BigInteger.ZERO, half.add(half).subtract(BigInteger.ONE)));
        }
        return Map.copyOf(all);
    }

    private static Map<String, String> texts() {
        Map<String, String> all = new HashMap<>();
        String time = "(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?" + OFFSET + "|" + leap() + ")";
        all.put("date", DAY);
        all.put("time", time);
        all.put("date-time", DAY + "[Tt]" + time);
        all.put("duration", duration());
        all.put("email", email(ATOM, HOST));
        all.put("idn-email", email(including(ATOM, NON_ASCII), idn()));
        all.put("ipv4", IPV4);
        all.put("ipv6", ipv6());
        all.put("uuid", HEX + "{8}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{4}-" + HEX + "{12}");
        all.put("uri", uri("", ""));
        all.put("uri-reference", reference("", ""));
        all.put("iri", uri(BEYOND, PRIVATE));
        all.put("iri-reference", reference(BEYOND, PRIVATE));
        all.put("uri-template", template());
        all.put("json-pointer", "(?:/(?:[^~/]|~[01])*)*");
        all.put("relative-json-pointer", "(?:0|[1-9][0-9]*)(?:#|(?:/(?:[^~/]|~[01])*)*)");
        return all;
    }

    private static String including(String set, String more) {
        return set.substring(0, set.length() - 1).replace("[", "[" + more) + "]";
    }

    private static String planes() {
        StringBuilder planes = new StringBuilder();
        for (int plane = 1; plane <= 14; plane++) {
            int first = plane == 14 ? 0xE1000 : plane << 16;
            planes.append(escaped(first)).append('-').append(escaped((plane << 16) + 0xFFFD));
        }
        return planes.toString();
    }

    private static String escaped(int codePoint) {
        return "\\u{" + Integer.toHexString(codePoint).toUpperCase(Locale.ROOT) + "}";
    }

    /** The pattern of leap seconds: the last minute before midnight UTC may have a second numbered 60. */
    private static String leap() {
        StringBuilder leap = new StringBuilder("(?:23:59:60(?:\\.[0-9]+)?[Zz]");
        for (int local = 14; local < 1440; local += 15) {
            int east = (local + 1) % 1440;
            int west = 1439 - local;
            leap.append('|').append(clock(local)).append(":60(?:\\.[0-9]+)?(?:\\+");
            leap.append(clock(east)).append("|-").append(clock(west)).append(')');
        }
        return leap.append(')').toString();
    }

    /** The hours and minutes of a time that is given in minutes since midnight. */
    private static String clock(int minutes) {
        return twoDigits(minutes / 60) + ":" + twoDigits(minutes % 60);
    }

    private static String twoDigits(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static String duration() {
        String minute = "[0-9]+M(?:[0-9]+S)?";
        String time = "T(?:[0-9]+H(?:" + minute + ")?|" + minute + "|[0-9]+S)";
        String month = "[0-9]+M(?:[0-9]+D)?";
        String date = "(?:[0-9]+D|" + month + "|[0-9]+Y(?:" + month + ")?)";
        return "P(?:" + date + "(?:" + time + ")?|" + time + "|[0-9]+W)";
    }

    private static String email(String atom, String host) {
        String quoted = "\"(?:[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E" + (atom.contains("u0080") ? NON_ASCII : "")
                + "]|\\\\[\\x20-\\x7E])*\"";
        String literal = "\\[(?:" + IPV4 + "|IPv6:" + ipv6() + ")\\]";
        return "(?:" + atom + "+(?:\\." + atom + "+)*|" + quoted + ")@(?:" + host + "|" + literal + ")";
    }

    private static String idn() {
        String letter = "[A-Za-z0-9\\u0080-\\uFF0D\\uFF0F-\\uFF1F\\uFF21-\\u{10FFFF}]";
        String label = letter + "(?:(?:-|" + letter + ")*" + letter + ")?";
        return label + "(?:[.\\u3002\\uFF0E\\uFF61]" + label + ")*";
    }

    private static String ipv6() {
        String group = HEX + "{1,4}";
        String last = "(?:" + group + ":" + group + "|" + IPV4 + ")";
        StringBuilder all = new StringBuilder("(?:(?:" + group + ":){6}" + last);
        for (int before = 0; before <= 7; before++) {
            String head = before == 0 ? "" : "(?:" + group + ":){0," + (before - 1) + "}" + group;
            String open = before == 0 ? "" : "(?:" + head + ")?";
            int after = 7 - before;
            String tail = after == 0 ? "" : after == 1 ? group : "(?:" + group + ":){" + (after - 2) + "}" + last;
            all.append('|').append(open).append("::").append(tail);
        }
        return all.append(')').toString();
    }

    private static String unreserved(String more) {
        return "A-Za-z0-9._~" + more + "\\-";
    }

    private static String authority(String more) {
        String plain = unreserved(more) + "!$&'()*+,;=";
        String percent = "%" + HEX + "{2}";
        String future = "[vV]" + HEX + "+\\.[" + unreserved("") + "!$&'()*+,;=:]+";
        return "(?:(?:[" + plain + ":]|" + percent + ")*@)?(?:\\[(?:" + ipv6() + "|" + future + ")\\]|(?:[" + plain
                + "]|" + percent + ")*)(?::[0-9]*)?";
    }

    private static String segment(String more, String extra) {
        return "(?:[" + unreserved(more) + "!$&'()*+,;=@" + extra + "]|%" + HEX + "{2})";
    }

    private static String tail(String more, String hidden) {
        return "(?:\\?" + segment(more + hidden, ":/?") + "*)?(?:#" + segment(more, ":/?") + "*)?";
    }

    private static String uri(String more, String hidden) {
        String segment = segment(more, ":");
        String rest = "(?:/" + segment + "*)*";
        return "[A-Za-z][A-Za-z0-9+.\\-]*:(?://" + authority(more) + rest + "|/(?:" + segment + "+" + rest + ")?|"
                + segment + "+" + rest + "|)" + tail(more, hidden);
    }

    private static String reference(String more, String hidden) {
        String segment = segment(more, ":");
        String rest = "(?:/" + segment + "*)*";
        String relative = "(?://" + authority(more) + rest + "|/(?:" + segment + "+" + rest + ")?|" + segment(more, "")
                + "+" + rest + "|)" + tail(more, hidden);
        return "(?:" + uri(more, hidden) + "|" + relative + ")";
    }

    private static String template() {
        String percent = "%" + HEX + "{2}";
        String name = "(?:[A-Za-z0-9_]|" + percent + ")";
        String variable = name + "(?:\\.?" + name + ")*(?::[1-9][0-9]{0,3}|\\*)?";
        String expression = "\\{[+#./;?&=,!@|]?" + variable + "(?:," + variable + ")*\\}";
        return "(?:[\\x21\\x23\\x24\\x26-\\x3B\\x3D\\x3F-\\x5B\\x5D\\x5F\\x61-\\x7A\\x7E" + BEYOND + PRIVATE + "]|"
                + percent + "|" + expression + ")*";
    }
}
