// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.json.ReadValue;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The place inside a value that the beginning of a text has reached, regardless of spelling: without white space, and between whole
 * characters. Values with the same beginning are at one place; the <em>edges</em> with which they continue distinguish them. An edge is
 * a character of a string or key, {@link #END} after one and after a number, and one byte of anything else. {@link PartialItem} reads
 * texts against one value, and is what tests hold this to.
 */
@FastPath(oracle = "UniqueSpellingsTest")
public sealed interface ValuePlace {

    /** Where a value begins. */
    ValuePlace START = new Before(Way.WHOLE);

    /** The edge after the last character of a string or key, or the last of a number. */
    int END = -1;

    /** What numbers are written with. */
    String NUMERIC = "-0123456789.eE+";

    /** Visits the edges with which a value at this place continues, each once. */
    void edges(ReadValue whole, IntConsumer out);

    /** The place after an edge. */
    ValuePlace then(int edge);

    /** The bytes with which an edge begins; perhaps more. */
    default ByteSet begins(int edge) {
        return Bytes.STRUCTURE[edge];
    }

    /** Whether edges are characters. */
    default boolean isQuoted() {
        return false;
    }

    /** The place after a value. */
    static ValuePlace behind(Way way) {
        return way.outer() == null ? new Over() : new Behind(way, way.outer());
    }

    /** The bytes of edges. */
    final class Bytes {
        /** By the first byte of a character, with what its spellings begin. */
        static final ByteSet[] CHARACTERS = IntStream.range(0, 256)
                .mapToObj(first -> ByteSet.of(symbol -> symbol == first || symbol == '\\'))
                .toArray(ByteSet[]::new);

        static final ByteSet QUOTE = ByteSet.of(symbol -> symbol == '"');
        /** By a byte between strings: it, and white space. */
        static final ByteSet[] STRUCTURE = IntStream.range(0, 0x80)
                .mapToObj(first -> ByteSet.of(symbol -> symbol == first || Blanks.isBlank(symbol)))
                .toArray(ByteSet[]::new);

        static final ByteSet BEHIND_NUMBER = ByteSet.of(symbol -> Blanks.isBlank(symbol) || ",]}".indexOf(symbol) >= 0);

        private Bytes() {}

        static ByteSet ofCharacter(int edge) {
            return edge == END ? QUOTE : CHARACTERS[JsonCharacters.firstByte(edge)];
        }
    }

    /** Before a value. */
    record Before(Way way) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            ReadValue value = way.in(whole);
            if (value instanceof ReadValue.Text) {
                out.accept('"');
            } else if (value instanceof ReadValue.Items) {
                out.accept('[');
            } else if (value instanceof ReadValue.Members) {
                out.accept('{');
            } else if (value instanceof ReadValue.Word word) {
                out.accept(word.name().charAt(0));
            } else if (value instanceof ReadValue.Number number) {
                ReadNumber wanted = number.value();
                if (wanted.negative() || wanted.isZero()) {
                    out.accept('-');
                }
                if (!wanted.negative()) {
                    new InNumber(way, "", 0, null).digits(wanted, out);
                }
            }
        }

        @Override
        public ValuePlace then(int edge) {
            return switch (edge) {
                case '"' -> new InText(way, 0);
                case '[' -> new InArray(way);
                case '{' -> new InObject(way, Set.of(), true);
                case 'n' -> new InWord(way, "null", 1);
                case 't' -> new InWord(way, "true", 1);
                case 'f' -> new InWord(way, "false", 1);
                default -> new InNumber(way, "", 0, null).then(edge);
            };
        }
    }

    /** In a string, before a character. */
    record InText(Way way, int at) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            String text = ((ReadValue.Text) way.in(whole)).value();
            out.accept(at == text.length() ? END : text.codePointAt(at));
        }

        @Override
        public ValuePlace then(int edge) {
            return edge == END ? behind(way) : new InText(way, at + Character.charCount(edge));
        }

        @Override
        public ByteSet begins(int edge) {
            return Bytes.ofCharacter(edge);
        }

        @Override
        public boolean isQuoted() {
            return true;
        }
    }

    /** In {@code null}, {@code true} or {@code false}. */
    record InWord(Way way, String name, int at) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            out.accept(name.charAt(at));
        }

        @Override
        public ValuePlace then(int edge) {
            return at + 1 == name.length() ? behind(way) : new InWord(way, name, at + 1);
        }
    }

    /**
     * In a number, whichever way it is written.
     *
     * @param text what was read of it
     * @param digits how many of that are digits before the exponent, from the first one other than 0 on
     * @param value what it is if it ends here; null if it cannot, or has not begun
     */
    record InNumber(
            Way way, String text, int digits, @Nullable ReadNumber value) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            ReadNumber wanted = ((ReadValue.Number) way.in(whole)).value();
            if (isScaled()) {
                "0123456789+-"
                        .chars()
                        .filter(symbol -> wanted.mayBegin(text + (char) symbol))
                        .forEach(out);
            } else {
                digits(wanted, out);
                if (text.indexOf('.') < 0) {
                    out.accept('.');
                }
                if (digits >= wanted.digits().length()) {
                    out.accept('e');
                    out.accept('E');
                }
            }
            if (wanted.equals(value)) {
                out.accept(END);
            }
        }

        /** The next digit before the exponent; the first ones may be zeros. */
        void digits(ReadNumber wanted, IntConsumer out) {
            boolean isWhole = digits >= wanted.digits().length();
            if (!isWhole) {
                out.accept(wanted.digits().charAt(digits));
            }
            if (isWhole || digits == 0) {
                if (isWhole || wanted.digits().charAt(digits) != '0') {
                    out.accept('0');
                }
            }
        }

        private boolean isScaled() {
            return text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        }

        @Override
        public ValuePlace then(int edge) {
            if (edge == END) {
                return behind(way);
            }
            String longer = text + (char) edge;
            boolean isDigit = edge >= '0' && edge <= '9';
            boolean counts = isDigit && !isScaled() && (digits > 0 || edge != '0');
            return new InNumber(way, longer, counts ? digits + 1 : digits, isDigit ? ReadNumber.of(longer) : null);
        }

        @Override
        public ByteSet begins(int edge) {
            return edge == END ? Bytes.BEHIND_NUMBER : Bytes.STRUCTURE[edge];
        }
    }

    /** After an opening bracket. */
    record InArray(Way way) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            if (((ReadValue.Items) way.in(whole)).items().isEmpty()) {
                out.accept(']');
            } else {
                new Before(way.item(0)).edges(whole, out);
            }
        }

        @Override
        public ValuePlace then(int edge) {
            return edge == ']' ? behind(way) : new Before(way.item(0)).then(edge);
        }
    }

    /**
     * In an object, before a key.
     *
     * @param keys those read
     * @param isFirst whether it may end here if it is empty
     */
    record InObject(Way way, Set<String> keys, boolean isFirst) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            boolean isOver =
                    isFirst && ((ReadValue.Members) way.in(whole)).members().isEmpty();
            out.accept(isOver ? '}' : '"');
        }

        @Override
        public ValuePlace then(int edge) {
            return edge == '}' ? behind(way) : new InKey(way, keys, "");
        }
    }

    /** In a key, before a character. */
    record InKey(Way way, Set<String> keys, String key) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            ((ReadValue.Members) way.in(whole))
                    .members().keySet().stream()
                            .filter(name -> name.startsWith(key) && !keys.contains(name))
                            .mapToInt(name -> name.length() == key.length() ? END : name.codePointAt(key.length()))
                            .distinct()
                            .forEach(out);
        }

        @Override
        public ValuePlace then(int edge) {
            return edge == END
                    ? new Colon(way.member(key, keys))
                    : new InKey(way, keys, key + Character.toString(edge));
        }

        @Override
        public ByteSet begins(int edge) {
            return Bytes.ofCharacter(edge);
        }

        @Override
        public boolean isQuoted() {
            return true;
        }
    }

    /** After a key. */
    record Colon(Way way) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            out.accept(':');
        }

        @Override
        public ValuePlace then(int edge) {
            return new Before(way);
        }
    }

    /** After an item or member of something. */
    record Behind(Way way, Way outer) implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {
            ReadValue container = outer.in(whole);
            if (container instanceof ReadValue.Members object) {
                out.accept(way.keys().size() < object.members().size() ? ',' : '}');
            } else {
                out.accept(
                        way.index() + 1 < ((ReadValue.Items) container).items().size() ? ',' : ']');
            }
        }

        @Override
        public ValuePlace then(int edge) {
            if (edge != ',') {
                return behind(outer);
            }
            return way.key() == null ? new Before(outer.item(way.index() + 1)) : new InObject(outer, way.keys(), false);
        }
    }

    /** After the whole value. */
    record Over() implements ValuePlace {

        @Override
        public void edges(ReadValue whole, IntConsumer out) {}

        @Override
        public ValuePlace then(int edge) {
            return this;
        }
    }
}
