/** What all modules of Espalier rest on: limits, failures, budgets of work, cancellation. */
module dev.espalier.core {
    requires static transitive org.jspecify;

    exports dev.espalier.core;
    exports dev.espalier.core.error;
    exports dev.espalier.core.collect to
            dev.espalier.grammar,
            dev.espalier.mask,
            dev.espalier.sampler,
            dev.espalier.schemas;
    exports dev.espalier.core.file to
            dev.espalier,
            dev.espalier.cli,
            dev.espalier.jsonschemabench,
            dev.espalier.mask;
    exports dev.espalier.core.name to
            dev.espalier.cli,
            dev.espalier.grammar,
            dev.espalier.schemas;
    exports dev.espalier.core.oracle to
            dev.espalier.automata,
            dev.espalier.backends,
            dev.espalier.mask,
            dev.espalier.sampler,
            dev.espalier.schemas;
    exports dev.espalier.core.work to
            dev.espalier.automata,
            dev.espalier.chat,
            dev.espalier.grammar,
            dev.espalier.jsonschemabench,
            dev.espalier.mask,
            dev.espalier.schemas;
}
