// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.unseen.input.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a JSON tree smaller as long as something stays true of it: parts take the place of what they are in, members and items
 * are left out, halves of them first (delta debugging), schemas become {@code true}, numbers and strings shorter. Greedy; what
 * is tried is bounded in number and time. One thread.
 */
final class TreeReducer {

    private static final List<String> KEPT = List.of("$schema", "definitions");

    private final Predicate<JsonNode> holds;
    private final long deadline;
    private int tries;

    /**
     * A reducer for one tree.
     *
     * @param tries how many trees are tried at most
     * @param millis wall-clock time after which no further tree is tried
     * @param holds what stays true
     */
    TreeReducer(int tries, long millis, Predicate<JsonNode> holds) {
        this.tries = tries;
        this.deadline = System.nanoTime() + millis * 1_000_000;
        this.holds = holds;
    }

    /** The smallest tree that was found; the tree itself is left as it is. */
    JsonNode reduce(JsonNode tree) {
        JsonNode best = tree.deepCopy();
        boolean smaller = true;
        while (smaller && hasPatience()) {
            JsonNode before = best;
            best = hoisted(best);
            best = emptied(best);
            best = simplified(best);
            smaller = !best.equals(before);
        }
        return best;
    }

    private boolean hasPatience() {
        return tries > 0 && System.nanoTime() - deadline < 0;
    }

    private boolean holds(JsonNode candidate) {
        if (!hasPatience()) {
            return false;
        }
        tries--;
        return holds.test(candidate);
    }

    /** Schemas inside the root take its place, the innermost last. */
    private JsonNode hoisted(JsonNode tree) {
        JsonNode best = tree;
        boolean found = true;
        while (found) {
            found = false;
            for (JsonNode inner : objects(best)) {
                JsonNode candidate = atRoot(best, inner);
                if (inner != best
                        && candidate.toString().length() < best.toString().length()
                        && holds(candidate)) {
                    best = candidate;
                    found = true;
                    break;
                }
            }
        }
        return best;
    }

    private static JsonNode atRoot(JsonNode root, JsonNode inner) {
        ObjectNode candidate = Json.object();
        KEPT.stream().filter(root::has).forEach(keyword -> candidate.set(keyword, root.path(keyword)));
        inner.properties().forEach(member -> candidate.set(member.getKey(), member.getValue()));
        return candidate.deepCopy();
    }

    /** All objects of a tree, outermost first. */
    private static List<JsonNode> objects(JsonNode tree) {
        List<JsonNode> found = new ArrayList<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(tree));
        while (!open.isEmpty()) {
            JsonNode node = open.remove();
            if (node.isObject() && node.size() > 0) {
                found.add(node);
            }
            node.forEach(open::add);
        }
        return found;
    }

    /** Where containers are, outermost first. */
    private static List<JsonPointer> containers(JsonNode tree) {
        List<JsonPointer> found = new ArrayList<>();
        Deque<JsonPointer> open = new ArrayDeque<>(List.of(JsonPointer.empty()));
        while (!open.isEmpty()) {
            JsonPointer place = open.remove();
            JsonNode node = tree.at(place);
            if (node.size() > 0) {
                found.add(place);
            }
            node.propertyNames().forEach(name -> open.add(place.appendProperty(name)));
            for (int i = 0; node.isArray() && i < node.size(); i++) {
                open.add(place.appendIndex(i));
            }
        }
        return found;
    }

    /** Members and items left out of every container, halves first. */
    private JsonNode emptied(JsonNode tree) {
        JsonNode best = tree;
        for (JsonPointer place : containers(tree)) {
            for (int chunk = best.at(place).size(); chunk > 0 && hasPatience(); chunk = chunk / 2) {
                for (int from = 0; from < best.at(place).size() && hasPatience(); ) {
                    JsonNode candidate = best.deepCopy();
                    boolean removed = remove(candidate.at(place), from, chunk);
                    if (removed && holds(candidate)) {
                        best = candidate;
                    } else {
                        from += chunk;
                    }
                }
            }
        }
        return best;
    }

    private static boolean remove(JsonNode container, int from, int count) {
        boolean removed = false;
        if (container instanceof ArrayNode array) {
            for (int i = 0; i < count && from < array.size(); i++) {
                array.remove(from);
                removed = true;
            }
        } else if (container instanceof ObjectNode object) {
            List<String> names = List.copyOf(object.propertyNames());
            for (String name : names.subList(Math.min(from, names.size()), Math.min(from + count, names.size()))) {
                if (!name.equals("$schema")) {
                    object.remove(name);
                    removed = true;
                }
            }
        }
        return removed;
    }

    /** Children take the place of their parents, schemas become true, numbers and strings shorter. */
    private JsonNode simplified(JsonNode tree) {
        JsonNode best = tree;
        for (JsonPointer place : containers(tree)) {
            for (int i = 0; i < best.at(place).size() && hasPatience(); i++) {
                boolean smaller = true;
                while (smaller) {
                    smaller = false;
                    List<JsonNode> now = best.at(place).valueStream().toList();
                    for (JsonNode simpler : i < now.size() ? simpler(now.get(i)) : List.<JsonNode>of()) {
                        JsonNode candidate = best.deepCopy();
                        if (replace(candidate.at(place), i, simpler.deepCopy()) && holds(candidate)) {
                            best = candidate;
                            smaller = true;
                            break;
                        }
                    }
                }
            }
        }
        return best;
    }

    private static boolean replace(JsonNode container, int index, JsonNode value) {
        if (container instanceof ArrayNode array && index < array.size()) {
            array.set(index, value);
            return true;
        } else if (container instanceof ObjectNode object && index < object.size()) {
            String name = List.copyOf(object.propertyNames()).get(index);
            object.set(name, value);
            return !name.equals("$schema") && !name.equals("$ref") && !name.equals("rule");
        }
        return false;
    }

    /** Values that are simpler than a value, the simplest first. */
    private static List<JsonNode> simpler(JsonNode value) {
        List<JsonNode> all = new ArrayList<>();
        if (value.isObject()) {
            if (value.size() > 0) {
                all.add(Json.bool(true));
            }
            for (JsonNode inner : value) {
                if (inner.isObject()) {
                    all.add(inner);
                } else if (inner.isArray()) {
                    inner.forEach(item -> {
                        if (item.isObject()) {
                            all.add(item);
                        }
                    });
                }
            }
        } else if (value.isNumber()) {
            numbers(value.decimalValue(), all);
        } else if (value.isString() && value.asString().length() > 1) {
            String text = value.asString();
            int half = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2);
            all.add(Json.text(text.substring(0, half)));
            all.add(Json.text(text.substring(half)));
        }
        return all;
    }

    private static void numbers(BigDecimal value, List<JsonNode> all) {
        BigDecimal magnitude = value.abs();
        if (magnitude.precision() - magnitude.scale() > 40) {
            all.add(Json.number(value.scaleByPowerOfTen(-(magnitude.precision() - magnitude.scale()) / 2)));
        } else if (magnitude.compareTo(BigDecimal.valueOf(2)) > 0) {
            for (int divisor : new int[] {16, 2}) {
                BigDecimal less = value.divide(BigDecimal.valueOf(divisor), 0, RoundingMode.DOWN);
                if (less.abs().compareTo(magnitude) < 0) {
                    all.add(Json.number(less));
                }
            }
        }
    }
}
