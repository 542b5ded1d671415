// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where in a schema other schemas stand. */
final class SchemaPlaces {

    private static final JsonNode KEYWORDS = RandomJson.recipes(SchemaPlaces.class, "keywords.json");
    private static final Set<String> ONE = keywords("schema");
    private static final Set<String> LISTS = keywords("schemas");
    private static final Set<String> NAMED = keywords("named schemas");

    private SchemaPlaces() {}

    /** Keywords of a kind: {@code schema}, {@code schemas} and {@code named schemas} have such things as values. */
    static Set<String> keywords(String kind) {
        return KEYWORDS.path(kind).valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    /**
     * A place: a member of an object, or an item of an array.
     *
     * @param parent the object or array
     * @param key the member's name; empty in arrays
     * @param index the item's index; -1 in objects
     */
    record Place(JsonNode parent, String key, int index) {

        JsonNode get() {
            return index < 0 ? parent.path(key) : parent.path(index);
        }

        void set(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(key, value);
            } else if (parent instanceof ArrayNode array) {
                array.set(index, value);
            }
        }
    }

    /** The places of all schemas inside a schema, outermost first. */
    static List<Place> of(JsonNode schema) {
        List<Place> places = new ArrayList<>();
        add(schema, places);
        return places;
    }

    private static void add(JsonNode schema, List<Place> places) {
        schema.properties().forEach(member -> {
            String keyword = member.getKey();
            JsonNode value = member.getValue();
            if (NAMED.contains(keyword) && value.isObject()) {
                value.propertyNames().forEach(name -> add(new Place(value, name, -1), places));
            } else if (LISTS.contains(keyword) && value.isArray()) {
                for (int i = 0; i < value.size(); i++) {
                    add(new Place(value, "", i), places);
                }
            } else if (ONE.contains(keyword) && (value.isObject() || value.isBoolean())) {
                add(new Place(schema, keyword, -1), places);
            }
        });
    }

    private static void add(Place place, List<Place> places) {
        if (place.get().isObject() || place.get().isBoolean()) {
            places.add(place);
            add(place.get(), places);
        }
    }
}
