/** Models that run on PyTorch through DJL: safetensors checkpoints, their tokenizers, and any TorchScript model. */
@NullMarked
package dev.espalier.backends;

import org.jspecify.annotations.NullMarked;
