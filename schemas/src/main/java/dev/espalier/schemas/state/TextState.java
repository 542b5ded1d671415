package dev.espalier.schemas.state;

import dev.espalier.automata.BudgetView;
import dev.espalier.automata.TextView;

/** A state within a string, a key or an item that knows both of text that goes on and of how far its end may come to be. */
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
