/** Chat templates: the prompts that models expect, made of messages by the template that a model brings. */
@NullMarked
package dev.espalier.chat;

import org.jspecify.annotations.NullMarked;
