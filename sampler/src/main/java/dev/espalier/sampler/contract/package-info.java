/** Whether an implementation of {@link dev.espalier.sampler.LanguageModel} keeps what decoders rely on. */
@NullMarked
package dev.espalier.sampler.contract;

import org.jspecify.annotations.NullMarked;
