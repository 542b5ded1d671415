// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

/** What is printed of a text while it is written. */
public enum StreamForm {
    /** The text, as it comes. */
    TEXT,
    /** A line of JSON for each member of the value, and for each item of a list among them, once it is known. */
    JSON,
    /** A line of JSON for each event. */
    EVENTS
}
