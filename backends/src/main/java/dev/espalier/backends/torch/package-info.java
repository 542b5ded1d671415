/** PyTorch in this process: TorchScript programs, and the logits that they leave on a device. */
@NullMarked
package dev.espalier.backends.torch;

import org.jspecify.annotations.NullMarked;
