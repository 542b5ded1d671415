// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host names with labels beyond ASCII, written as they are or as A-labels ({@code xn--…}). Source: RFC 5890 to 5893. */
record IdnaName() implements WholeText.Kind {

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST = 253;
    /** The prefix of A-labels, in lower case. */
    static final String ACE = "xn--";

    private static final Pattern PLAIN = Pattern.compile("(?i)[0-9a-z]([-0-9a-z]*[0-9a-z])?");

    @Override
    public boolean test(String text) {
        List<String> labels = new ArrayList<>();
        int length = -1;
        for (String written : text.split("[.\u3002\uFF0E\uFF61]", -1)) {
            String label = label(written);
            boolean ascii = written.chars().allMatch(c -> c < 0x80);
            int wire = ascii
                    ? written.length()
                    : ACE.length() + Punycode.encode(written).length();
            length += wire + 1;
            if (label == null || wire > LONGEST_LABEL) {
                return false;
            }
            labels.add(label);
        }
        boolean rightToLeft = labels.stream().anyMatch(IdnaName::isRightToLeft);
        return length <= LONGEST && (!rightToLeft || labels.stream().allMatch(IdnaName::keepsDirection));
    }

    /** A label as people read it; null if it is invalid. */
    static @Nullable String label(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        if (lower.startsWith(ACE)) {
            String rest = lower.substring(ACE.length());
            String decoded = Punycode.decode(rest);
            boolean good = decoded != null
                    && decoded.chars().anyMatch(c -> c >= 0x80)
                    && isLabel(decoded)
                    && Punycode.encode(decoded).equals(rest);
            return good ? decoded : null;
        }
        if (written.chars().allMatch(c -> c < 0x80)) {
            return PLAIN.matcher(written).matches() ? lower : null;
        }
        return isLabel(written) ? written : null;
    }

    /** Whether a text beyond ASCII is a U-label, apart from the rule of direction. Source: RFC 5891, section 4.2. */
    private static boolean isLabel(String label) {
        boolean hyphens = label.startsWith("-") || label.endsWith("-") || label.startsWith("--", 2);
        int first = Character.getType(label.codePointAt(0));
        boolean mark = first == Character.NON_SPACING_MARK
                || first == Character.COMBINING_SPACING_MARK
                || first == Character.ENCLOSING_MARK;
        if (hyphens || mark || !Normalizer.isNormalized(label, Normalizer.Form.NFC)) {
            return false;
        }
        int[] points = label.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (!IdnaCharacters.isAllowed(points[i]) || !fits(points, i, label)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a character keeps the contextual rules of RFC 5892, appendix A. */
    private static boolean fits(int[] label, int at, String text) {
        int before = at > 0 ? label[at - 1] : -1;
        int after = at + 1 < label.length ? label[at + 1] : -1;
        return switch (label[at]) {
            case 0x200C -> (before >= 0 && IdnaCharacters.isVirama(before)) || joins(label, at);
            case 0x200D -> before >= 0 && IdnaCharacters.isVirama(before);
            case 0xB7 -> before == 'l' && after == 'l';
            case 0x375 -> after >= 0 && Character.UnicodeScript.of(after) == Character.UnicodeScript.GREEK;
            case 0x5F3, 0x5F4 -> before >= 0 && Character.UnicodeScript.of(before) == Character.UnicodeScript.HEBREW;
            case 0x30FB ->
                Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}&&[^\\x{30FB}]]")
                        .matcher(text)
                        .find();
            default -> {
                boolean arabic = label[at] >= 0x660 && label[at] <= 0x669;
                yield !arabic || text.codePoints().noneMatch(c -> c >= 0x6F0 && c <= 0x6F9);
            }
        };
    }

    private static boolean joins(int[] label, int at) {
        int from = new String(label, 0, at).length();
        var matcher = IdnaCharacters.JOINED.matcher(new String(label, 0, label.length));
        for (int start = 0; start <= from && matcher.find(start); start = matcher.start() + 1) {
            if (matcher.start() < from && matcher.group().indexOf(0x200C) + matcher.start() == from) {
                return true;
            }
        }
        return false;
    }

    /** Whether a label, as people read it, is written from right to left. */
    static boolean isRightToLeft(String label) {
        return label.codePoints().mapToObj(IdnaName::direction).anyMatch(d -> d.equals("R") || d.equals("AN"));
    }

    /** The class of a character in RFC 5893: {@code R} for R and AL, and {@code -} for the neutral ones. */
    private static String direction(int codePoint) {
        return switch (Character.getDirectionality(codePoint)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> "L";
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> "R";
            case Character.DIRECTIONALITY_ARABIC_NUMBER -> "AN";
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> "EN";
            case Character.DIRECTIONALITY_NONSPACING_MARK -> "NSM";
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                    Character.DIRECTIONALITY_OTHER_NEUTRALS,
                    Character.DIRECTIONALITY_BOUNDARY_NEUTRAL -> "-";
            default -> "?";
        };
    }

    /** Whether a label, as people read it, keeps the rule of RFC 5893, section 2. */
    static boolean keepsDirection(String label) {
        String classes = label.codePoints()
                .mapToObj(IdnaName::direction)
                .map(d -> switch (d) {
                    case "AN" -> "A";
                    case "EN" -> "E";
                    case "NSM" -> "N";
                    default -> d;
                })
                .reduce("", String::concat);
        boolean rightToLeft = classes.matches("R[RAE\\-N]*") && classes.matches(".*[RAE]N*");
        boolean mixed = classes.contains("A") && classes.contains("E");
        return (rightToLeft && !mixed) || (classes.matches("L[LE\\-N]*") && classes.matches(".*[LE]N*"));
    }

    @Override
    public String what() {
        return "the format idn-hostname";
    }
}
