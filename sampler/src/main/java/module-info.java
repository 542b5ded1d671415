/** Decoding, sampling and infilling under masks, with any model. */
module dev.espalier.sampler {
    requires transitive dev.espalier.mask;

    exports dev.espalier.sampler;
    exports dev.espalier.sampler.diffusion;
    exports dev.espalier.sampler.diffusion.policy;
    exports dev.espalier.sampler.gap;
    exports dev.espalier.sampler.law;
    exports dev.espalier.sampler.sequence;
    exports dev.espalier.sampler.sequence.catalogue;
    exports dev.espalier.sampler.sequence.smc;
    exports dev.espalier.sampler.sequence.trie;
    exports dev.espalier.sampler.autoregressive to
            dev.espalier;
    exports dev.espalier.sampler.constraint to
            dev.espalier,
            dev.espalier.jsonschemabench;
    exports dev.espalier.sampler.decode to
            dev.espalier,
            dev.espalier.jsonschemabench;
    exports dev.espalier.sampler.diffusion.decode to
            dev.espalier,
            dev.espalier.jsonschemabench;
    exports dev.espalier.sampler.diffusion.layout to
            dev.espalier,
            dev.espalier.jsonschemabench;
}
