/** Decoding, sampling and infilling under masks, with any model. */
module dev.espalier.sampler {
    requires transitive dev.espalier.mask;

    exports dev.espalier.sampler;
    exports dev.espalier.sampler.autoregressive;
    exports dev.espalier.sampler.diffusion;
    exports dev.espalier.sampler.diffusion.layout;
    exports dev.espalier.sampler.diffusion.policy;
    exports dev.espalier.sampler.law;
    exports dev.espalier.sampler.sequence;
    exports dev.espalier.sampler.sequence.catalogue;
    exports dev.espalier.sampler.sequence.exact;
    exports dev.espalier.sampler.sequence.mcmc;
    exports dev.espalier.sampler.sequence.smc;
    exports dev.espalier.sampler.sequence.speculative;
    exports dev.espalier.sampler.sequence.tokenwise;
    exports dev.espalier.sampler.sequence.trie;
}
