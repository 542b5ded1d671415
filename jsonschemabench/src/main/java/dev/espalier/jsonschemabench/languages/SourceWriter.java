package dev.espalier.jsonschemabench.languages;

import java.util.Random;

/**
 * Writes a text of a language: random, but shaped as people write, with names, comments and lines of some width. The same
 * seed gives the same text. One text for each writer.
 */
abstract class SourceWriter {

    /** Decides every choice. */
    final Random random;

    final Words words;

    private final StringBuilder text = new StringBuilder();
    private final String indentation;
    private int level;

    /**
     * A writer.
     *
     * @param indentation what stands in front of a line for each level
     */
    SourceWriter(long seed, String indentation) {
        this.random = new Random(seed);
        this.words = new Words(random);
        this.indentation = indentation;
    }

    /** A whole text with at least so many characters. */
    final String write(int characters) {
        begin();
        while (text.length() < characters) {
            part();
        }
        end();
        return text.toString();
    }

    /** What stands before all parts. */
    void begin() {}

    /** The next part of the text, a page of it or less. */
    abstract void part();

    /** What stands behind all parts. */
    void end() {}

    /** Adds text as it is. */
    final SourceWriter put(String some) {
        text.append(some);
        return this;
    }

    /** Adds a line at the present level. */
    final void line(String content) {
        text.append(content.isEmpty() ? "" : indentation.repeat(level))
                .append(content)
                .append('\n');
    }

    /** Whatever {@code inner} adds is a level deeper. */
    final void deeper(Runnable inner) {
        level++;
        inner.run();
        level--;
    }

    /** What stands in front of a line now. */
    final String margin() {
        return indentation.repeat(level);
    }

    final int level() {
        return level;
    }

    /** True once in so many times. */
    final boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** From 1 to {@code most}. */
    final int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    /** Does something several times. */
    final void times(int count, Runnable task) {
        for (int i = 0; i < count; i++) {
            task.run();
        }
    }

    /** Several texts with something between them. */
    final String joined(int count, String between, java.util.function.Supplier<String> one) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(i == 0 ? "" : between).append(one.get());
        }
        return all.toString();
    }
}
