/** Keywords become formulas: schemas with what they apply in place, references followed, everything boolean a diagram. */
@NullMarked
package dev.espalier.schemas.formula;

import org.jspecify.annotations.NullMarked;
