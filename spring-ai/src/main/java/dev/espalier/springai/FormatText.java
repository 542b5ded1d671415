// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.converter.MapOutputConverter;
import org.springframework.ai.converter.StructuredOutputConverter;

/**
 * What a converter asks for in the prompt, behind the last message of the user, where a client does not give its schema as an option.
 *
 * @param messages the messages without it
 * @param schema the schema that it has
 */
record FormatText(List<Message> messages, String schema) {

    /** What stands before the schema in the text of our converters. */
    static final String OURS = "Answer with JSON that fits this JSON Schema, and with nothing else:\n";

    /** A type whose schema shows what a converter of Spring AI writes around one. */
    private record Example(String any) {}

    /**
     * How a kind of converter asks.
     *
     * @param before what stands before the schema
     * @param after what stands behind it
     */
    private record Kind(String before, String after) {

        static Kind of(StructuredOutputConverter<?> converter) {
            String schema = converter.getJsonSchema();
            String text = converter.getFormat();
            int at = text.indexOf(schema);
            return new Kind(
                    text.substring(0, at), text.substring(at + schema.length()).stripTrailing());
        }

        /** Where the text begins at the end of a message; -1 if it is not there. */
        int begin(String said) {
            int begin = said.lastIndexOf(before);
            boolean isThere =
                    begin >= 0 && said.endsWith(after) && begin + before.length() <= said.length() - after.length();
            return isThere ? begin : -1;
        }

        String schema(String said, int begin) {
            return said.substring(begin + before.length(), said.length() - after.length());
        }
    }

    private static final List<Kind> KINDS =
            List.of(Kind.of(new BeanOutputConverter<>(Example.class)), new Kind(OURS, ""));

    private static final String OF_MAPS = new MapOutputConverter().getFormat().stripTrailing();

    private static final String ANY_OBJECT = "{\"type\":\"object\"}";

    /** What a conversation has of it; empty if that is nothing. */
    static Optional<FormatText> in(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof UserMessage user) {
                return in(messages, i, user);
            }
        }
        return Optional.empty();
    }

    private static Optional<FormatText> in(List<Message> messages, int index, UserMessage user) {
        String said = user.getText() == null ? "" : user.getText().stripTrailing();
        if (said.endsWith(OF_MAPS)) {
            return Optional.of(without(messages, index, user, said.length() - OF_MAPS.length(), ANY_OBJECT));
        }
        for (Kind kind : KINDS) {
            int begin = kind.begin(said);
            if (begin >= 0) {
                return Optional.of(without(messages, index, user, begin, kind.schema(said, begin)));
            }
        }
        return Optional.empty();
    }

    private static FormatText without(List<Message> messages, int index, UserMessage user, int end, String schema) {
        List<Message> all = new ArrayList<>(messages);
        String left = String.valueOf(user.getText()).substring(0, end).replaceFirst("\\R$", "");
        all.set(index, user.mutate().text(left).build());
        return new FormatText(all, schema);
    }
}
