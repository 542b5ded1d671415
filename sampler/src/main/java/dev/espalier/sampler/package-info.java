/** One text from a language model under masks: models and their sessions, requests, the decoder, outcomes. */
@NullMarked
package dev.espalier.sampler;

import org.jspecify.annotations.NullMarked;
