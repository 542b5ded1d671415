package dev.espalier.schemas;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The formats that are asserted. Each is a regular expression over the whole text, after the document that the
 * validation vocabulary refers to; names that are not here are annotations.
 *
 * @param pattern the expression
 */
record Format(String pattern) {

    private static final Map<String, Format> KNOWN = new HashMap<>();

    private static final String DAY = "(?:(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])))"
            + "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
    private static final String OFFSET = "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
    private static final String TIME = "(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]+)?" + OFFSET + ")";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + ")*";
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

    static {
        KNOWN.put("date", new Format(DAY));
        KNOWN.put("time", new Format(TIME));
        KNOWN.put("date-time", new Format(DAY + "[Tt]" + TIME));
        KNOWN.put("email", new Format(ATOM + "(?:\\." + ATOM + ")*@" + HOST));
        KNOWN.put("hostname", new Format(HOST));
        KNOWN.put("ipv4", new Format(IPV4));
        KNOWN.put("uuid", new Format("[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"));
    }

    /** The format of a name; null if it is not asserted. */
    static @Nullable Format of(String name) {
        return KNOWN.get(name);
    }
}
