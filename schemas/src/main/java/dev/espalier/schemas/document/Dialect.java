package dev.espalier.schemas.document;

import dev.espalier.schemas.options.Draft;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the keywords of a schema mean: a draft, and those of its keywords that are in force.
 *
 * @param draft the draft that gives them their meaning
 * @param keywords the keywords in force; all others are unknown
 * @param formatsAsserted whether {@code format} is asserted whatever the options say
 */
public record Dialect(Draft draft, Set<Keyword> keywords, boolean formatsAsserted) {

    /** A draft as it is. */
    static Dialect of(Draft draft) {
        EnumSet<Keyword> keywords = EnumSet.noneOf(Keyword.class);
        for (Keyword keyword : Keyword.values()) {
            if (keyword.isIn(draft)) {
                keywords.add(keyword);
            }
        }
        return new Dialect(draft, Collections.unmodifiableSet(keywords), false);
    }

    /** This dialect with {@code dependencies}, which 2019-09 and 2020-12 have split in two. */
    Dialect withDependencies() {
        EnumSet<Keyword> more = EnumSet.copyOf(keywords);
        more.add(Keyword.DEPENDENCIES);
        return new Dialect(draft, Collections.unmodifiableSet(more), formatsAsserted);
    }

    /** Whether a keyword is in force. */
    boolean knows(Keyword keyword) {
        return keywords.contains(keyword);
    }

    /** The keyword of a name; null if the name says nothing about values. */
    @Nullable
    public Keyword keyword(String name) {
        Keyword keyword = Keyword.named(name);
        return keyword != null && knows(keyword) ? keyword : null;
    }
}
