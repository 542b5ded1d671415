/** Chat templates: from messages to the prompt that a model expects. */
module dev.espalier.chat {
    requires transitive dev.espalier.core;

    exports dev.espalier.chat;
}
