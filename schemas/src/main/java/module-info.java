/** JSON Schemas as frames of a pushdown automaton. */
module dev.espalier.schemas {
    requires transitive dev.espalier.automata;
    requires tools.jackson.core;

    exports dev.espalier.schemas;
    exports dev.espalier.schemas.options;
}
