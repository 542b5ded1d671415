// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Set;

/**
 * How a template is rendered.
 *
 * @param trusted names of the variables whose strings are trusted, as the literal text of the template is
 * @param roles roles of messages that are trusted: control tokens such as {@code <|user|>} may be made of them
 * @param clock what {@code strftime_now} reads, in its zone
 * @param limits bounds on the work
 */
public record RenderOptions(Set<String> trusted, Set<String> roles, Clock clock, RenderLimits limits) {

    /** The usual options: the special tokens by their usual names and the usual roles are trusted; the clock is the system's. */
    public static final RenderOptions DEFAULT = new RenderOptions(
            Set.of("bos_token", "eos_token", "pad_token", "unk_token", "sep_token", "cls_token", "mask_token"),
            Set.of("system", "developer", "user", "assistant", "model", "tool", "function", "ipython", "environment"),
            Clock.system(ZoneId.systemDefault()),
            RenderLimits.DEFAULT);

    /** Copies the sets. */
    public RenderOptions {
        trusted = Set.copyOf(trusted);
        roles = Set.copyOf(roles);
    }

    /** These options with other {@link #trusted} variables. */
    public RenderOptions withTrusted(Set<String> names) {
        return new RenderOptions(names, roles, clock, limits);
    }

    /** These options with other {@link #roles}. */
    public RenderOptions withRoles(Set<String> names) {
        return new RenderOptions(trusted, names, clock, limits);
    }

    /** These options with another {@link #clock}. */
    public RenderOptions withClock(Clock other) {
        return new RenderOptions(trusted, roles, other, limits);
    }

    /** These options with other {@link #limits}. */
    public RenderOptions withLimits(RenderLimits other) {
        return new RenderOptions(trusted, roles, clock, other);
    }
}
