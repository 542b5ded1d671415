package dev.espalier.sampler.sequence.mcmc;

/** The token from which on a Markov chain over texts writes a text anew to propose another one. */
public enum ResamplingPoint {

    /** From the first on. Proposals do not depend on the text. */
    RESTART {
        @Override
        double weight(MaskedText.Token step, int index) {
            return index == 0 ? 1 : 0;
        }
    },

    /** From any, with the same probability. */
    UNIFORM {
        @Override
        double weight(MaskedText.Token step, int index) {
            return 1;
        }
    },

    /**
     * From one where there was a choice: with probability proportional to {@code exp(H) - 1}, where H is the entropy of the
     * masked law there, in nats. Never from a forced one.
     */
    PRIORITY {
        @Override
        double weight(MaskedText.Token step, int index) {
            return step.choice();
        }
    };

    /** What the probability is proportional to of writing a text anew from a token on. */
    abstract double weight(MaskedText.Token step, int index);

    /** The weights of all tokens of a text. */
    final double[] weights(MaskedText text) {
        double[] weights = new double[text.steps().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(text.steps().get(i), i);
        }
        return weights;
    }
}
