/** Models through DJL PyTorch: safetensors checkpoints, tokenizers, any TorchScript model. */
@NullMarked
package dev.espalier.backends;

import org.jspecify.annotations.NullMarked;
