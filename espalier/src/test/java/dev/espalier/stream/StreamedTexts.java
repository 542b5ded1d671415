// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.ByteString;
import dev.espalier.core.Cancellation;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random texts of schemas, and what a tracker tells of them. */
final class StreamedTexts {

    private static final Vocabulary BYTES = bytes();

    private StreamedTexts() {}

    private static Vocabulary bytes() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        return builder.special(256, "<end>").endIds(256).build();
    }

    static CompiledGrammar compile(String schema, SchemaOptions options) {
        return new GrammarCompiler(BYTES)
                .compile(new SchemaCompiler().compile(schema, options).automaton());
    }

    /** A random schema: objects with and without further members, lists, strings, numbers, enums and unions of these. */
    static String schema(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 9)) {
            case 0 ->
                "{\"type\":\"string\"" + (random.nextBoolean() ? ",\"maxLength\":" + random.nextInt(6) : "") + "}";
            case 1 -> "{\"type\":\"" + (random.nextBoolean() ? "number" : "integer") + "\"}";
            case 2 -> "{\"enum\":[\"one\",\"only\",\"two\",2,25,null,{\"a\":[1]}]}";
            case 3 -> "{\"type\":[\"boolean\",\"null\",\"string\"],\"pattern\":\"^(a|bc)*$\"}";
            case 4 -> "{\"const\":\"fixed\\n\"}";
            case 5 ->
                "{\"type\":\"array\",\"items\":" + schema(random, depth - 1)
                        + (random.nextBoolean() ? ",\"prefixItems\":[" + schema(random, depth - 1) + "]" : "") + "}";
            case 6 -> "{\"anyOf\":[" + schema(random, depth - 1) + "," + schema(random, depth - 1) + "]}";
            default -> object(random, depth);
        };
    }

    private static String object(Random random, int depth) {
        List<String> members = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (String name : List.of("a", "b", "ab", "c/~")) {
            if (random.nextBoolean()) {
                members.add("\"" + name + "\":" + schema(random, depth - 1));
            }
            if (random.nextInt(4) == 0) {
                required.add("\"" + name + "\"");
            }
        }
        return "{\"type\":\"object\",\"properties\":{" + String.join(",", members) + "},\"required\":["
                + String.join(",", required) + "]" + (random.nextBoolean() ? ",\"maxProperties\":4" : "")
                + (random.nextInt(3) == 0 ? ",\"patternProperties\":{\"^x\":" + schema(random, 0) + "}" : "")
                + (random.nextInt(3) == 0 ? "" : ",\"additionalProperties\":" + random.nextBoolean()) + "}";
    }

    /** A random text of a schema, of about so many bytes at most; bytes of structure are likelier than others. */
    static byte[] text(CompiledGrammar grammar, Random random, int most) {
        Matcher matcher = grammar.matcher();
        int left = Math.max(most, matcher.leastTokensToEnd());
        byte[] text = new byte[left];
        int length = 0;
        while (left > 0) {
            int[] ids = matcher.mask(left).sortedIds();
            int token = ids.length == 0 ? 256 : ids[random.nextInt(ids.length)];
            if (ids.length > 30 && random.nextInt(3) > 0) {
                int[] liked = Arrays.stream(ids)
                        .filter(id -> "\"\\ud83dce04,:0123 ab".indexOf(id) >= 0)
                        .toArray();
                token = liked.length == 0 ? token : liked[random.nextInt(liked.length)];
            }
            if (token == 256) {
                break;
            }
            matcher.accept(token);
            text[length++] = (byte) token;
            left--;
        }
        return Arrays.copyOf(text, length);
    }

    /** All texts of a schema, byte by byte; an empty list if there are more than so many, or longer ones. */
    static List<byte[]> all(CompiledGrammar grammar, int most, int longest) {
        List<byte[]> all = new ArrayList<>();
        return collect(grammar.matcher(), new byte[0], all, most, longest) ? all : List.of();
    }

    private static boolean collect(Matcher place, byte[] text, List<byte[]> all, int most, int longest) {
        if (all.size() > most || text.length > longest) {
            return false;
        }
        for (int token : place.mask().sortedIds()) {
            if (token == 256) {
                all.add(text);
                continue;
            }
            Matcher next = place.fork();
            next.accept(token);
            byte[] more = Arrays.copyOf(text, text.length + 1);
            more[text.length] = (byte) token;
            if (!collect(next, more, all, most, longest)) {
                return false;
            }
        }
        return true;
    }

    /** The events of a text that is written in pieces of the given lengths, one after the other, and again from the first. */
    static List<ValueEvent> events(CompiledGrammar grammar, byte[] text, int... pieces) {
        List<ValueEvent> events = new ArrayList<>();
        ValueTracker tracker = ValueTracker.of(grammar, ValueEvent.to(events::add), new Cancellation());
        int at = 0;
        for (int i = 0; at < text.length; i++) {
            int end = Math.min(text.length, at + pieces[i % pieces.length]);
            tracker.accept(Arrays.copyOfRange(text, at, end));
            at = end;
        }
        tracker.finish();
        return events;
    }

    /** Events as lines, the pieces of each string put together at its end. */
    static List<String> lines(List<ValueEvent> events) {
        List<String> lines = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (ValueEvent event : events) {
            if (event instanceof ValueEvent.Begin begin) {
                lines.add("begin " + begin.path() + " " + begin.kind());
                text.setLength(0);
            } else if (event instanceof ValueEvent.Text more) {
                text.append(more.delta());
            } else if (event instanceof ValueEvent.End end) {
                boolean isString = end.value().kind().orElseThrow() == ValueKind.STRING;
                lines.add("end " + end.path() + (isString ? " " + text : "") + " "
                        + end.value().json());
            } else if (event instanceof ValueEvent.Forced forced) {
                lines.add("forced " + forced.path() + " " + forced.value().json());
            } else if (event instanceof ValueEvent.Absent absent) {
                lines.add("absent " + absent.path());
            }
        }
        return lines;
    }
}
