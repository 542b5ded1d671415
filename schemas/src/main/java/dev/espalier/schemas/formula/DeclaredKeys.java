// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The keys that schemas declare, in the order of their declaration, including those of schemas applied in place. */
public final class DeclaredKeys {

    private final Lanes lanes;
    private final KeyOrder order = new KeyOrder();
    private final Set<SchemaNode> seen = new HashSet<>();

    public DeclaredKeys(Lanes lanes) {
        this.lanes = lanes;
    }

    /** All keys of the schemas added so far. */
    public List<String> merged() {
        return order.merged();
    }

    /** Adds the keys of a schema. */
    public void add(SchemaNode schema) {
        ArrayDeque<SchemaNode> open = new ArrayDeque<>(List.of(schema));
        while (!open.isEmpty()) {
            SchemaNode node = lanes.target(open.pop());
            if (seen.add(node)) {
                own(node);
                List<SchemaNode> parts = parts(node);
                Collections.reverse(parts);
                parts.forEach(open::push);
            }
        }
    }

    private void own(SchemaNode node) {
        if (node.isConstant()) {
            addKeys(node.value());
        } else if (!lanes.hidesSiblings(node)) {
            addKeys(node.get(Keyword.PROPERTIES));
            addKeys(node.get(Keyword.CONST));
            if (node.get(Keyword.ENUM) instanceof JsonValue.Items list) {
                list.items().forEach(this::addKeys);
            }
        }
    }

    private void addKeys(@org.jspecify.annotations.Nullable JsonValue value) {
        if (value instanceof JsonValue.Members members) {
            order.add(List.copyOf(members.members().keySet()));
        }
    }

    private List<SchemaNode> parts(SchemaNode node) {
        List<SchemaNode> parts = new ArrayList<>(node.parts());
        lanes.appliedInPlace(node).forEach(applied -> parts.add(applied.schema()));
        return parts;
    }
}
