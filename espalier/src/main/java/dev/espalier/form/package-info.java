/** Forms in which a model is told a schema: an example, and a declaration. Internal. */
@NullMarked
package dev.espalier.form;

import org.jspecify.annotations.NullMarked;
