/** Pushdown automata over bytes: frames, and sets of their stacks. */
module dev.espalier.automata {
    requires transitive dev.espalier.grammar;

    exports dev.espalier.automata;
    exports dev.espalier.automata.compile to
            dev.espalier,
            dev.espalier.cli,
            dev.espalier.jsonschemabench,
            dev.espalier.mask;
    exports dev.espalier.automata.convert to
            dev.espalier.cli;
    exports dev.espalier.automata.stack to
            dev.espalier.cli,
            dev.espalier.jsonschemabench,
            dev.espalier.mask,
            dev.espalier.schemas;
    exports dev.espalier.automata.state to
            dev.espalier,
            dev.espalier.jsonschemabench,
            dev.espalier.mask,
            dev.espalier.schemas;
}
