package dev.espalier.sampler.diffusion;

/**
 * The time of the decoding of a canvas by its parts, in nanoseconds.
 *
 * @param model forward passes, logits brought here included
 * @param constraint parsing and masks
 * @param total from the request's start to its end; the rest is laws, policies and listeners
 */
public record InfillTimings(long model, long constraint, long total) {}
