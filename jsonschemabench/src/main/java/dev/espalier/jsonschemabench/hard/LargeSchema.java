package dev.espalier.jsonschemabench.hard;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema of many definitions with descriptions that refer to each other, as those of large programming interfaces are.
 * One thread.
 */
final class LargeSchema {

    private static final int DEPTH = 4;
    private static final int REFERENCE = 40;

    private final Prose prose = new Prose(40);
    private final List<List<Member>> definitions = new ArrayList<>();

    /** What a member holds. */
    private enum Holds {
        STRING,
        INTEGER,
        BOOLEAN,
        CHOICE,
        MAP,
        OBJECT,
        LIST
    }

    /** A member; {@code of} is the number of the definition that it refers to. */
    private record Member(String name, Holds holds, int of) {}

    /** A case whose schema's text has about so many characters. */
    HardCase hardCase(int characters) {
        ObjectNode schema = JsonTexts.node().put("$ref", pointer(0));
        ObjectNode all = schema.putObject("$defs");
        List<Reference> pending = new ArrayList<>();
        for (int length = 0; length < characters; ) {
            int before = pending.size();
            ObjectNode definition = definition(pending);
            String name = name(definitions.size() - 1);
            all.set(name, definition);
            length += definition.toString().length() + name.length() + 4 + REFERENCE * (pending.size() - before);
        }
        pending.forEach(each -> each.from.put("$ref", pointer(each.to)));
        return JsonTexts.of(
                "schema-915k",
                "a schema of 915 KB with " + definitions.size() + " definitions",
                schema,
                instance(0, DEPTH),
                instance(0, 1));
    }

    /** A schema that will refer to a definition once it is known how many there are. */
    private record Reference(ObjectNode from, int to) {}

    private static String name(int definition) {
        return "com.example.v1.Type" + definition;
    }

    private String pointer(int definition) {
        return "#/$defs/" + name(definitions.isEmpty() ? definition : definition % definitions.size());
    }

    private ObjectNode definition(List<Reference> pending) {
        List<Member> members = new ArrayList<>();
        ObjectNode schema = JsonTexts.object().put("description", prose.words(12, " "));
        for (String name : prose.names(prose.between(6, 14), 2, "_")) {
            Holds holds = Holds.values()[prose.below(Holds.values().length)];
            boolean plain = holds.compareTo(Holds.OBJECT) < 0;
            Member member = new Member(name, holds, definitions.size() + prose.between(1, 40));
            members.add(member);
            ObjectNode of = JsonTexts.member(schema, name, plain && prose.chance(0.5));
            of.put("description", prose.words(prose.between(5, 25), " "));
            describe(member, of, pending);
        }
        definitions.add(members);
        return schema;
    }

    private static void describe(Member member, ObjectNode schema, List<Reference> pending) {
        switch (member.holds) {
            case STRING -> schema.put("type", "string");
            case INTEGER -> schema.put("type", "integer").put("minimum", 0);
            case BOOLEAN -> schema.put("type", "boolean");
            case CHOICE -> {
                ArrayNode choices = schema.put("type", "string").putArray("enum");
                choices.add("Always").add("Never").add("IfPresent");
            }
            case MAP ->
                schema.put("type", "object").putObject("additionalProperties").put("type", "string");
            case OBJECT -> pending.add(new Reference(schema, member.of));
            case LIST -> pending.add(new Reference(schema.put("type", "array").putObject("items"), member.of));
        }
    }

    private ObjectNode instance(int definition, int depth) {
        ObjectNode value = JsonTexts.node();
        for (Member member : definitions.get(definition % definitions.size())) {
            String name = member.name;
            switch (member.holds) {
                case STRING -> value.put(name, prose.words(3, " "));
                case INTEGER -> value.put(name, prose.below(10_000));
                case BOOLEAN -> value.put(name, true);
                case CHOICE -> value.put(name, "IfPresent");
                case MAP -> value.putObject(name).put(prose.word(), prose.word());
                case OBJECT -> {
                    if (depth > 0) {
                        value.set(name, instance(member.of, depth - 1));
                    }
                }
                case LIST -> {
                    ArrayNode list = value.putArray(name);
                    if (depth > 0) {
                        list.add(instance(member.of, depth - 1));
                    }
                }
            }
        }
        return value;
    }
}
