/** Whether values are as often right as the model is sure of them. */
@NullMarked
package dev.espalier.jsonschemabench.confidence;

import org.jspecify.annotations.NullMarked;
