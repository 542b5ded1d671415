// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of ECMA-262 (with the {@code u} flag, and modifiers such as {@code (?i:…)}) read so far. Every reading can be
 * completed: groups can be closed, and groups that back-references require can follow.
 *
 * <p>No finite automaton can do this, since groups nest. Instead a reading keeps the open and the required groups, and the construct that is
 * not whole yet. Source: ECMA-262, section 22.2.1 with the early errors of 22.2.1.1.
 *
 * @param mode the construct that is being read
 * @param groups the open and the required groups
 * @param token the beginning of a construct that is not whole yet; empty for none
 * @param last in a class, the atom that a hyphen could make the start of a range: its code point or {@link #SET}; in text, what was read last:
 *     one of the constants below
 */
@FastPath(oracle = "RegexReadingTest")
public record RegexReading(Mode mode, RegexGroups groups, String token, int last) implements TextReading {

    /** The empty expression. */
    static final RegexReading START = text(RegexGroups.NONE, RegexReading.NOTHING);

    private static final int NOTHING = -1;
    /** In a class: a set. In text: an atom, so that a quantifier may follow. */
    private static final int SET = -2;
    /** In text: a quantifier, so that a question mark may follow. */
    private static final int QUANTIFIED = -3;
    /** In text: the beginning of a group, so that a question mark may follow. */
    private static final int OPENED = -4;

    private static final Pattern OPEN_BOUNDS = Pattern.compile("\\{[0-9]+(,[0-9]*)?");

    /** The characters that stand for themselves in text. */
    private static final ByteSet ORDINARY =
            ByteSet.of(symbol -> symbol >= 0x20 && "()|^$*+?{]}[\\\"".indexOf(symbol) < 0);

    /** The characters that neither end a class nor make a range in it. */
    private static final ByteSet IN_CLASS = ByteSet.of(symbol -> symbol >= 0x20 && "-]\\\"".indexOf(symbol) < 0);

    /** The construct that is being read. */
    enum Mode {
        TEXT,
        /** An escape, in text or in a class. */
        ESCAPE,
        /** The bounds of a quantifier, from the brace on. */
        BOUNDS,
        /** What follows {@code (}, from the question mark on. */
        SPECIAL,
        /** The name of a group. */
        NAME,
        /** The name in a back-reference. */
        REFERENCE,
        /** Just after the bracket of a class. */
        CLASS_START,
        CLASS,
        /** After a hyphen that may be the middle of a range. */
        RANGE,
        /** An escape in a class. */
        CLASS_ESCAPE,
        /** An escape after such a hyphen. */
        RANGE_ESCAPE
    }

    private static RegexReading text(RegexGroups groups, int last) {
        return new RegexReading(Mode.TEXT, groups, "", last);
    }

    private RegexReading to(Mode next, String begun) {
        return new RegexReading(next, groups, begun, last);
    }

    private RegexReading in(Mode next, int atom) {
        return new RegexReading(next, groups, "", atom);
    }

    @Override
    public @Nullable RegexReading next(int codePoint, int room) {
        RegexReading next = next(codePoint);
        return next != null && (room == Integer.MAX_VALUE || next.charactersLeft() <= room) ? next : null;
    }

    private @Nullable RegexReading next(int c) {
        return switch (mode) {
            case TEXT -> inText(c);
            case ESCAPE, CLASS_ESCAPE, RANGE_ESCAPE -> escape(c);
            case BOUNDS -> bounds(c);
            case SPECIAL -> special(c);
            case NAME, REFERENCE -> name(c);
            case CLASS_START ->
                c == '^' ? in(Mode.CLASS, NOTHING) : in(Mode.CLASS, NOTHING).inClass(c);
            case CLASS -> inClass(c);
            case RANGE -> inRange(c);
        };
    }

    private @Nullable RegexReading inText(int c) {
        boolean atom = last == SET;
        return switch (c) {
            case '(' -> text(groups.opened(true).captured(1), OPENED);
            case ')' -> groups.open().isEmpty() ? null : text(groups.closed(), groups.isQuantifiable() ? SET : NOTHING);
            case '|', '^', '$' -> text(groups, NOTHING);
            case '*', '+' -> atom ? text(groups, QUANTIFIED) : null;
            case '?' ->
                atom
                        ? text(groups, QUANTIFIED)
                        : last == QUANTIFIED
                                ? text(groups, NOTHING)
                                : last == OPENED
                                        ? new RegexReading(
                                                Mode.SPECIAL, groups.closed().captured(-1), "?", NOTHING)
                                        : null;
            case '{' -> atom ? to(Mode.BOUNDS, "{") : null;
            case ']', '}' -> null;
            case '[' -> in(Mode.CLASS_START, NOTHING);
            case '\\' -> to(Mode.ESCAPE, "\\");
            default -> text(groups, SET);
        };
    }

    private @Nullable RegexReading bounds(int c) {
        String more = token + Character.toString(c);
        if (OPEN_BOUNDS.matcher(more).matches()) {
            return to(Mode.BOUNDS, more);
        }
        return c == '}' && token.length() > 1 && missing(more) <= 0 ? text(groups, QUANTIFIED) : null;
    }

    /** The fewest digits that make the second bound at least the first; 0 if it is or can be left out. */
    private static int missing(String bounds) {
        int comma = bounds.indexOf(',');
        int end = bounds.endsWith("}") ? bounds.length() - 1 : bounds.length();
        if (comma < 0 || comma + 1 == end) {
            return comma == 1 || end == 1 ? 1 : 0;
        }
        String least = withoutZeros(bounds, 1, comma);
        String most = withoutZeros(bounds, comma + 1, end);
        int shorter = least.length() - most.length();
        return shorter < 0 ? 0 : most.compareTo(least.substring(0, most.length())) >= 0 ? shorter : shorter + 1;
    }

    private static String withoutZeros(String text, int from, int to) {
        int start = from;
        while (start < to && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start, to);
    }

    private @Nullable RegexReading special(int c) {
        if (token.equals("?<")) {
            return c == '=' || c == '!'
                    ? text(groups.opened(false), NOTHING)
                    : new RegexReading(Mode.NAME, groups.opened(true).captured(1), "", NOTHING).name(c);
        }
        if (token.equals("?") && (c == '=' || c == '!')) {
            return text(groups.opened(false), NOTHING);
        }
        if (c == ':' && !token.equals("?-")) {
            return text(groups.opened(true), NOTHING);
        }
        boolean flag = (c == '-' || c == 'i' || c == 'm' || c == 's') && token.indexOf(c) < 0;
        return flag || (token.equals("?") && c == '<') ? to(Mode.SPECIAL, token + (char) c) : null;
    }

    private @Nullable RegexReading name(int c) {
        if (c == '>') {
            String name = RegexName.of(token);
            if (name == null || (mode == Mode.NAME && groups.names().contains(name))) {
                return null;
            }
            return mode == Mode.NAME ? text(groups.named(name), NOTHING) : text(groups.referred(name), SET);
        }
        String more = token + Character.toString(c);
        return RegexName.isBeginning(more) ? to(mode, more) : null;
    }

    private @Nullable RegexReading escape(int c) {
        boolean inClass = mode != Mode.ESCAPE;
        String more = token + Character.toString(c);
        RegexEscape read = RegexEscape.of(more, inClass);
        if (read.status() == RegexEscape.Status.OPEN) {
            if (more.equals("\\k<")) {
                return new RegexReading(Mode.REFERENCE, groups, "", NOTHING);
            }
            RegexReading open = to(mode, more);
            return isPossible(open) ? open : null;
        }
        if (read.status() != RegexEscape.Status.WRONG) {
            if (RegexEscape.isExtensible(more, read)) {
                RegexReading open = to(mode, more);
                return isPossible(open) ? open : null;
            }
            return finished(read);
        }
        RegexEscape whole = RegexEscape.of(token, inClass);
        if (RegexEscape.isExtensible(token, whole) && !(token.equals("\\0") && c >= '0' && c <= '9')) {
            RegexReading settled = finished(whole);
            return settled == null ? null : settled.next(c);
        }
        return token.length() > 6 && RegexEscape.isLead(token) ? apart(c) : null;
    }

    /** The reading in which the beginning of a surrogate pair is two escapes. */
    private @Nullable RegexReading apart(int c) {
        RegexReading at = finished(RegexEscape.of(token.substring(0, 6), mode != Mode.ESCAPE));
        for (int i = 6; i < token.length() && at != null; i++) {
            at = at.next(token.charAt(i));
        }
        return at == null ? null : at.next(c);
    }

    private static boolean isPossible(RegexReading open) {
        return !open.endings().isEmpty();
    }

    /** The reading after a whole escape. */
    private @Nullable RegexReading finished(RegexEscape read) {
        int atom = read.status() == RegexEscape.Status.CHARACTER ? read.value() : SET;
        return switch (mode) {
            case CLASS_ESCAPE -> in(Mode.CLASS, atom);
            case RANGE_ESCAPE -> ranged(atom);
            default ->
                switch (read.status()) {
                    case ASSERTION -> text(groups, NOTHING);
                    case NUMBER -> text(groups.referred(read.value()), SET);
                    default -> text(groups, SET);
                };
        };
    }

    private @Nullable RegexReading inClass(int c) {
        return switch (c) {
            case ']' -> text(groups, SET);
            case '\\' -> to(Mode.CLASS_ESCAPE, "\\");
            case '-' -> last == NOTHING ? in(Mode.CLASS, '-') : in(Mode.RANGE, last);
            default -> in(Mode.CLASS, c);
        };
    }

    private @Nullable RegexReading inRange(int c) {
        return switch (c) {
            case ']' -> text(groups, SET);
            case '\\' -> last == SET ? null : to(Mode.RANGE_ESCAPE, "\\");
            default -> ranged(c);
        };
    }

    private @Nullable RegexReading ranged(int atom) {
        return last >= 0 && atom >= last ? in(Mode.CLASS, NOTHING) : null;
    }

    @Override
    public boolean isAccepted() {
        RegexReading whole = settled();
        return whole != null && whole.mode == Mode.TEXT && whole.groups.left(false) == 0;
    }

    /** This reading with a construct that could go on taken as whole; null if that is not possible. */
    private @Nullable RegexReading settled() {
        if (token.isEmpty() || mode == Mode.BOUNDS || mode == Mode.SPECIAL || mode == Mode.NAME) {
            return this;
        }
        RegexEscape whole = mode == Mode.REFERENCE ? null : RegexEscape.of(token, mode != Mode.ESCAPE);
        return whole != null && RegexEscape.isExtensible(token, whole) ? finished(whole) : this;
    }

    @Override
    public int charactersLeft() {
        return left(false);
    }

    @Override
    public int bytesLeft() {
        return left(true);
    }

    @Override
    public @Nullable String ending() {
        String best = null;
        int least = Integer.MAX_VALUE;
        for (String ending : endings()) {
            RegexReading at = ended(ending);
            if (at != null) {
                int bytes = bytes(ending) + at.groups.left(true);
                best = bytes < least ? ending + at.groups.ending() : best;
                least = Math.min(least, bytes);
            }
        }
        return best;
    }

    /** The reading after an ending, if only groups are then missing; null otherwise. */
    private @Nullable RegexReading ended(String ending) {
        RegexReading at = this;
        for (int i = 0; i < ending.length() && at != null; i += Character.charCount(ending.codePointAt(i))) {
            at = at.next(ending.codePointAt(i));
        }
        at = at == null ? null : at.settled();
        return at != null && at.mode == Mode.TEXT ? at : null;
    }

    @Override
    public int closing() {
        return groups.open().length();
    }

    private int left(boolean bytes) {
        int best = Integer.MAX_VALUE;
        for (String ending : endings()) {
            RegexReading at = ended(ending);
            if (at != null) {
                int length = bytes ? bytes(ending) : ending.codePointCount(0, ending.length());
                best = Math.min(best, Math.min(length + at.groups.left(bytes), Integer.MAX_VALUE / 2));
            }
        }
        return best;
    }

    public static int bytes(String text) {
        return text.codePoints().map(c -> JsonCharacters.bytes(c, c)).sum();
    }

    /** Texts after which only groups are missing, the best one among them. */
    private List<String> endings() {
        List<String> all = new ArrayList<>();
        switch (mode) {
            case TEXT -> {
                all.add("");
                if (last == OPENED) {
                    groups.wanted().forEach(name -> all.add("?<" + name + ">"));
                }
            }
            case BOUNDS -> all.add("9".repeat(missing(token)) + "}");
            case SPECIAL -> {
                all.add(token.equals("?<") ? "=" : token.equals("?-") ? "i:" : ":");
                List<String> more = new ArrayList<>(groups.wanted());
                more.add(RegexName.unused(groups.names()));
                if (token.equals("?") || token.equals("?<")) {
                    more.forEach(name -> all.add("<".substring(token.length() - 1) + name + ">"));
                }
            }
            case NAME, REFERENCE -> all.addAll(RegexName.endings(token, mode == Mode.NAME, groups));
            case CLASS_START, CLASS, RANGE -> all.add("]");
            case ESCAPE -> escapes(all, 0, "");
            case CLASS_ESCAPE -> escapes(all, 0, "]");
            case RANGE_ESCAPE -> escapes(all, Objects.checkIndex(last, Integer.MAX_VALUE), "]");
        }
        return all;
    }

    private void escapes(List<String> all, int least, String tail) {
        RegexEscape read = RegexEscape.of(token, mode != Mode.ESCAPE);
        if (RegexEscape.isExtensible(token, read) && read.value() >= least) {
            all.add(tail);
        }
        if (token.length() > 6
                && RegexEscape.isLead(token)
                && RegexEscape.of(token.substring(0, 6), true).value() >= least) {
            RegexEscape.completions(token.substring(6), mode != Mode.ESCAPE, 0).forEach(rest -> all.add(rest + tail));
        }
        if (token.equals("\\k")) {
            RegexName.endings("", false, groups).forEach(rest -> all.add("<" + rest));
        } else {
            RegexEscape.completions(token, mode != Mode.ESCAPE, least).forEach(rest -> all.add(rest + tail));
        }
    }

    @Override
    public ByteSet steady() {
        return switch (mode) {
            case TEXT -> ORDINARY;
            case CLASS_START, CLASS -> IN_CLASS;
            default -> ByteSet.NONE;
        };
    }

    @Override
    public int like(int codePoint) {
        return mode == Mode.TEXT && codePoint < 0x80 && ORDINARY.contains(codePoint) ? 'a' : codePoint;
    }

    @Override
    public int sameUntil(int codePoint) {
        return mode == Mode.TEXT && codePoint >= 0x80 ? Character.MAX_CODE_POINT : codePoint;
    }

    @Override
    public int alikeUntil(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint;
        }
        return switch (mode) {
            case NAME, REFERENCE, SPECIAL -> alikeInNames(codePoint);
            case RANGE -> codePoint < last ? last - 1 : Character.MAX_CODE_POINT;
            default -> Character.MAX_CODE_POINT;
        };
    }

    /** {@link #alikeUntil} inside names. With little room left, only characters of existing or required names may lead to an end. */
    private int alikeInNames(int codePoint) {
        int until = RegexName.alikeUntil(codePoint);
        List<String> names = new ArrayList<>(groups.wanted());
        names.addAll(groups.names());
        for (String name : names) {
            for (int other : name.codePoints().toArray()) {
                until = other < codePoint || other > until ? until : Math.max(codePoint, other - 1);
            }
        }
        return until;
    }
}
