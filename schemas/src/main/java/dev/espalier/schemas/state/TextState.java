// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.state;

import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.TextView;

/** A state within a string, a key or an item, with views of its text and of its distance from the end. */
public interface TextState extends SchemaState, TextView, BudgetView {

    @Override
    default TextView textView() {
        return this;
    }

    @Override
    default BudgetView budgetView() {
        return this;
    }
}
