// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Large schemas as standards bodies and vendors publish them: hundreds of definitions in one document that refer to each
 * other, unions of over a hundred kinds told apart by a constant, closed objects, patterns. Made from a seed.
 */
final class LargeSchemas {

    private static final List<String> SCALARS = List.of(
            "{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9\\\\-\\\\.]{1,64}$\"}",
            "{\"type\":\"string\",\"pattern\":\"^([0-9]{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$\"}",
            "{\"type\":\"string\",\"pattern\":\"^[^\\\\s]+(\\\\s[^\\\\s]+)*$\"}",
            "{\"type\":\"number\"}",
            "{\"type\":\"integer\",\"minimum\":0}",
            "{\"type\":\"boolean\"}",
            "{\"type\":\"string\",\"format\":\"date-time\"}",
            "{\"enum\":[\"draft\",\"active\",\"retired\",\"unknown\"]}",
            "{\"type\":\"string\"}");

    private final Random random;
    private final List<String> definitions = new ArrayList<>();

    private LargeSchemas(long seed) {
        this.random = new Random(seed);
    }

    /**
     * Health records: resources told apart by {@code resourceType}, which contain each other, made of parts that extend each
     * other. Some 10 KB a resource.
     *
     * @param resources how many kinds of resources there are
     */
    static String records(int resources, long seed) {
        LargeSchemas work = new LargeSchemas(seed);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            work.define("Part" + i, work.closed(List.of(), List.of(), 6 + work.random.nextInt(8), 40));
        }
        for (int i = 0; i < resources; i++) {
            String name = "Resource" + i;
            all.add(ref(name));
            List<String> own = List.of(
                    "\"resourceType\":{\"description\":\"The kind of the record\",\"const\":\"" + name + "\"}",
                    "\"contained\":{\"type\":\"array\",\"items\":" + ref("ResourceList") + "}");
            for (int part = 0; part < 3; part++) {
                work.define(
                        name + "_Backbone" + part,
                        work.closed(List.of("\"part\":" + ref(name + "_Backbone" + part)), List.of(), 12, 40));
            }
            List<String> more = new ArrayList<>(own);
            for (int part = 0; part < 3; part++) {
                more.add(
                        "\"detail" + part + "\":{\"type\":\"array\",\"items\":" + ref(name + "_Backbone" + part) + "}");
            }
            work.define(name, work.closed(more, List.of("resourceType"), 25 + work.random.nextInt(25), 40));
        }
        work.define("ResourceList", "{\"oneOf\":[" + String.join(",", all) + "]}");
        return work.document("\"oneOf\":[" + String.join(",", all) + "]");
    }

    /**
     * Infrastructure: objects of a kind and a version, both required, with labels by pattern, alternatives of which one must be
     * there, and shared parts taken in by {@code allOf}.
     *
     * @param kinds how many kinds there are
     */
    static String infrastructure(int kinds, long seed) {
        LargeSchemas work = new LargeSchemas(seed);
        List<String> all = new ArrayList<>();
        work.define(
                "Meta",
                "{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":{\"type\":\"string\",\"pattern\":"
                        + "\"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$\",\"maxLength\":63},\"labels\":{\"type\":\"object\","
                        + "\"patternProperties\":{\"^([a-z.]+/)?[A-Za-z0-9][-A-Za-z0-9_.]*$\":{\"type\":\"string\"}},"
                        + "\"additionalProperties\":false}}}");
        for (int i = 0; i < 40; i++) {
            work.define("Part" + i, work.closed(List.of(), List.of(), 6 + work.random.nextInt(8), 40));
        }
        for (int i = 0; i < kinds; i++) {
            String name = "Kind" + i;
            all.add(ref(name));
            StringJoiner sources = new StringJoiner(",", "{\"oneOf\":[", "]}");
            for (int source = 0; source < 6; source++) {
                sources.add("{\"required\":[\"source" + source + "\"],\"properties\":{\"source" + source + "\":"
                        + ref("Part" + work.random.nextInt(40)) + "}}");
            }
            String spec = work.closed(List.of("\"volume\":" + sources), List.of(), 20, 40);
            work.define(name + "Spec", spec);
            work.define(
                    name,
                    "{\"allOf\":[{\"type\":\"object\",\"required\":[\"metadata\"],\"properties\":{\"metadata\":"
                            + ref("Meta")
                            + "}},{\"type\":\"object\",\"required\":[\"apiVersion\",\"kind\"],\"properties\":{"
                            + "\"apiVersion\":{\"enum\":[\"v1\",\"v1beta1\"]},\"kind\":{\"enum\":[\"" + name
                            + "\"]},\"spec\":" + ref(name + "Spec") + ",\"items\":{\"type\":\"array\",\"items\":"
                            + ref("Any") + "}}}]}");
        }
        work.define("Any", "{\"anyOf\":[" + String.join(",", all) + "]}");
        return work.document("\"$ref\":\"#/definitions/Any\"");
    }

    /**
     * Charts: marks that are groups of marks or visible, both built on a shared part, with transforms and scales that have many
     * properties in common and not all the same ones.
     *
     * @param transforms how many kinds of transforms there are
     */
    static String charts(int transforms, long seed) {
        LargeSchemas work = new LargeSchemas(seed);
        List<String> all = new ArrayList<>();
        work.define(
                "Signal",
                "{\"type\":\"object\",\"properties\":{\"signal\":{\"type\":\"string\"}},\"required\":[\"signal\"]}");
        List<String> values = List.of(
                "{\"oneOf\":[{\"type\":\"number\"}," + ref("Signal") + "]}",
                "{\"oneOf\":[{\"type\":\"string\"}," + ref("Signal") + "]}",
                "{\"oneOf\":[{\"type\":\"boolean\"}," + ref("Signal") + "]}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}");
        for (int i = 0; i < transforms; i++) {
            StringJoiner members = new StringJoiner(",");
            members.add("\"type\":{\"enum\":[\"transform" + i + "\"]}");
            for (int field = 0; field < 3 + i % 9; field++) {
                int name = (3 * i + field) % 17;
                members.add("\"field" + name + "\":" + values.get((i + field) % values.size()));
            }
            all.add("{\"type\":\"object\",\"properties\":{" + members
                    + "},\"required\":[\"type\"],\"additionalProperties\":false}");
        }
        work.define("Transform", "{\"oneOf\":[" + String.join(",", all) + "]}");
        work.define(
                "Mark",
                "{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":{\"type\":\"string\"},\"name\":{\"type\":"
                        + "\"string\"},\"clip\":" + values.get(2) + ",\"transform\":{\"type\":\"array\",\"items\":"
                        + ref("Transform") + "}}}");
        work.define(
                "Scope",
                "{\"type\":\"object\",\"properties\":{\"data\":{\"type\":\"array\",\"items\":" + ref("Transform")
                        + "},\"marks\":{\"type\":\"array\",\"items\":{\"oneOf\":[" + ref("Group") + "," + ref("Visual")
                        + "]}}}}");
        work.define(
                "Group",
                "{\"allOf\":[{\"type\":\"object\",\"required\":[\"type\"],\"properties\":{\"type\":{\"enum\":[\"group\"]}}},"
                        + ref("Mark") + "," + ref("Scope") + "]}");
        work.define(
                "Visual",
                "{\"allOf\":[{\"not\":{\"properties\":{\"type\":{\"enum\":[\"group\"]}}}}," + ref("Mark") + "]}");
        return work.document("\"type\":\"object\",\"allOf\":[" + ref("Scope") + "]");
    }

    private void define(String name, String schema) {
        definitions.add("\"" + name + "\":" + schema);
    }

    private String document(String root) {
        return "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"," + root + ",\"definitions\":{"
                + String.join(",", definitions) + "}}";
    }

    private static String ref(String name) {
        return "{\"$ref\":\"#/definitions/" + name + "\"}";
    }

    /** A closed object of some members of its own and some more, as many of which are parts. */
    private String closed(List<String> own, List<String> required, int more, int parts) {
        StringJoiner members = new StringJoiner(",");
        own.forEach(members::add);
        for (int i = 0; i < more; i++) {
            String name = "\"element" + random.nextInt(120) + "x" + i + "\":";
            String schema = random.nextInt(3) > 0
                    ? SCALARS.get(random.nextInt(SCALARS.size()))
                    : ref("Part" + random.nextInt(parts));
            boolean many = random.nextInt(3) == 0;
            members.add(name
                    + (many
                            ? "{\"description\":\"Zero or more of what this record is about\",\"type\":\"array\",\"items\":"
                            : "")
                    + schema
                    + (many ? "}" : ""));
        }
        StringJoiner names = new StringJoiner(",");
        required.forEach(name -> names.add("\"" + name + "\""));
        return "{\"type\":\"object\",\"properties\":{" + members + "},\"required\":[" + names
                + "],\"additionalProperties\":false}";
    }

    /** Prints a schema: its kind, how many kinds it has, a seed. */
    public static void main(String[] args) {
        int many = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        System.out.print(
                switch (args[0]) {
                    case "records" -> records(many, seed);
                    case "infrastructure" -> infrastructure(many, seed);
                    default -> charts(many, seed);
                });
    }
}
