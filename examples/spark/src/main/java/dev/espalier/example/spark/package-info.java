/** Orders out of e-mails, as columns of Spark. */
@NullMarked
package dev.espalier.example.spark;

import org.jspecify.annotations.NullMarked;
