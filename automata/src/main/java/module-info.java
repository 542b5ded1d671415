/** Pushdown automata over bytes: frames, and sets of their stacks. */
module dev.espalier.automata {
    requires transitive dev.espalier.grammar;

    exports dev.espalier.automata;
    exports dev.espalier.automata.compile;
    exports dev.espalier.automata.stack to
            dev.espalier.mask,
            dev.espalier.schemas;
}
