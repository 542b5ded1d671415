// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.ExtraKeyword;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of a schema: a draft, and the keywords of it that are in force.
 *
 * @param draft the draft that defines their meaning
 * @param keywords the keywords in force; all others are unknown
 * @param formatsAsserted whether {@code format} is asserted whatever the options say
 */
public record Dialect(Draft draft, Set<Keyword> keywords, boolean formatsAsserted) {

    /** The dialect of a draft without changes. */
    static Dialect of(Draft draft) {
        EnumSet<Keyword> keywords = EnumSet.noneOf(Keyword.class);
        for (Keyword keyword : Keyword.values()) {
            if (keyword.isIn(draft)) {
                keywords.add(keyword);
            }
        }
        return new Dialect(draft, Collections.unmodifiableSet(keywords), false);
    }

    /** This dialect with the keywords that options put in force, as far as they belong to a vocabulary in force. */
    Dialect with(List<ExtraKeyword> extras) {
        EnumSet<Keyword> more = EnumSet.copyOf(keywords);
        for (Keyword keyword : Keyword.values()) {
            if (keyword.isAmong(extras) && hasVocabularyOf(keyword)) {
                more.add(keyword);
            }
        }
        return new Dialect(draft, Collections.unmodifiableSet(more), formatsAsserted);
    }

    private boolean hasVocabularyOf(Keyword extra) {
        return keywords.stream().anyMatch(keyword -> keyword.vocabulary() == extra.vocabulary());
    }

    /** Whether a keyword is in force. */
    boolean knows(Keyword keyword) {
        return keywords.contains(keyword);
    }

    /** The keyword of a name; null if none in force has that name. */
    @Nullable
    public Keyword keyword(String name) {
        Keyword keyword = Keyword.named(name);
        return keyword != null && knows(keyword) ? keyword : null;
    }
}
