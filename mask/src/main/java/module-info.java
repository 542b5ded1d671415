/** Masks: which tokens of a vocabulary may come next, or stand in a slot. What inference engines embed. */
module dev.espalier.mask {
    requires transitive dev.espalier.automata;
    requires tools.jackson.core;

    exports dev.espalier.mask;
    exports dev.espalier.mask.canvas;
    exports dev.espalier.mask.encoder;
    exports dev.espalier.mask.stats;
    exports dev.espalier.mask.token;
    exports dev.espalier.mask.vocabulary;
    exports dev.espalier.mask.index to
            dev.espalier.jsonschemabench,
            dev.espalier.sampler;
}
