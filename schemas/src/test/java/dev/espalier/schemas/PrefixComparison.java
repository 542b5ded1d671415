// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * Compares, prefix by prefix, what the frames of a schema allow with what a naive validator says of every document of a
 * finite world: a character is allowed if and only if some valid document goes on so, and the text may end if and only if
 * it is valid. The schemas must allow nothing outside the world.
 */
@org.jspecify.annotations.NullUnmarked
public final class PrefixComparison {

    public static final int SCHEMAS = Integer.getInteger("espalier.schemas.random", 25);
    public static final long SEED = Long.getLong("espalier.schemas.seed", 20261120);
    private static final String ALPHABET = "nulltrefasabcd\"0123-,:{}[] \n";

    private final String world;
    private final List<Object> documents;
    private final SchemaOptions options;
    private final SchemaCompiler compiler;
    private long prefixes;
    private int trivial;
    private int skipped;
    int refused;

    /**
     * @param world its name
     * @param documents all of its documents that are written in the order that the options ask for
     */
    public PrefixComparison(String world, List<Object> documents, SchemaOptions options) {
        this(world, documents, options, new SchemaCompiler());
    }

    /** The same with a compiler of its own. */
    public PrefixComparison(String world, List<Object> documents, SchemaOptions options, SchemaCompiler compiler) {
        this.world = world;
        this.documents = documents;
        this.options = options;
        this.compiler = compiler;
    }

    /** A set of texts as a tree. */
    private static final class Tree {
        final Map<Character, Tree> next = new TreeMap<>();
        boolean end;

        void add(String text) {
            Tree at = this;
            for (char c : text.toCharArray()) {
                at = at.next.computeIfAbsent(c, k -> new Tree());
            }
            at.end = true;
        }
    }

    /** Compares random schemas, each made from a seed. */
    public void compare(int schemas, LongFunction<Map<String, Object>> generator) {
        for (int i = 0; i < schemas; i++) {
            long seed = SEED + 7919L * i + world.hashCode();
            Map<String, Object> schema = generator.apply(seed);
            try {
                compare(schema);
            } catch (ReferenceException | LimitExceededException e) {
                skipped++;
            } catch (UnsupportedFeatureException e) {
                refused++;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        world + ", seed " + seed + ", schema " + RandomSchemas.json(schema) + "\n" + e, e);
            }
        }
        System.out.println("exactness of " + world + ": " + schemas + " schemas (" + trivial + " empty, " + skipped
                + " without meaning or over a limit, " + refused + " refused), " + prefixes + " prefixes, seed "
                + SEED);
        assertTrue(skipped < schemas / 3 + 5, skipped + " schemas skipped");
    }

    /** Compares one schema. */
    public void compare(Map<String, Object> schema) {
        compare(schema, schema);
    }

    /** Compares the documents of a schema with the frames of another one. */
    public void compare(Map<String, Object> schema, Map<String, Object> compiled) {
        Recogniser recogniser = null;
        try {
            recogniser = new Recogniser(compiler.compile(RandomSchemas.json(compiled), options)
                    .automaton()
                    .start());
        } catch (UnsatisfiableException e) {
            // then no document is valid
        }
        NaiveValidator validator = new NaiveValidator(schema);
        Predicate<Object> isValid = validator::isValid;
        List<Object> allowed = documents.stream().filter(isValid).toList();
        trivial += allowed.isEmpty() ? 1 : 0;
        if (recogniser == null) {
            assertTrue(allowed.isEmpty(), () -> "unsatisfiable: " + RandomSchemas.json(allowed.get(0)));
            return;
        }
        assertTrue(!allowed.isEmpty(), "no document is valid, yet it compiled");
        Tree valid = new Tree();
        WhiteSpace space = options.whiteSpace();
        allowed.forEach(document -> valid.add(
                space.isPretty() ? PrettyTest.pretty(document, space.indentation(), 0) : RandomSchemas.json(document)));
        walk(recogniser, StackSet.of(recogniser.start()), valid, "");
    }

    private void walk(Recogniser recogniser, StackSet set, Tree valid, String prefix) {
        prefixes++;
        boolean mayEnd = recogniser.stepper().results(set).length > 0;
        if (mayEnd != valid.end) {
            fail("after " + prefix + (mayEnd ? " it may end" : " it must not end"));
        }
        int least = recogniser.stepper().distance(set);
        int best = valid.end ? 0 : Integer.MAX_VALUE;
        for (int i = 0; i < ALPHABET.length(); i++) {
            char c = ALPHABET.charAt(i);
            StackSet after = recogniser.stepper().step(set, c);
            Tree next = valid.next.get(c);
            if (after.isEmpty() != (next == null)) {
                fail("after " + prefix + " the character " + c + " is " + (after.isEmpty() ? "refused" : "allowed"));
            }
            if (next != null && ALPHABET.indexOf(c) == i) {
                best = Math.min(best, 1 + recogniser.stepper().distance(after));
                walk(recogniser, after, next, prefix + c);
            }
        }
        if (best != least) {
            fail("after " + prefix + " the distance is " + least + ", by steps " + best);
        }
    }
}
