// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.stream.ValueReader;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * Reads the items of a list from a stream, each as a Java value as soon as its text is certain, while the list is still being written. Immutable and thread-safe.
 *
 * <pre>{@code
 * EspalierItemReader<City> cities = model.itemReader(City.class);
 * Flux<City> found = cities.read(client.prompt()
 *         .user(text)
 *         .options(EspalierChatOptions.builder().outputSchema(cities.getJsonSchema()))
 *         .stream()
 *         .content());
 * }</pre>
 *
 * @param <E> the type of the items
 */
public final class EspalierItemReader<E> {

    private final Class<E> type;
    private final Output<List<E>> output;
    private final OutputCompiler compiler;

    EspalierItemReader(Class<E> type, OutputCompiler compiler) {
        this.type = type;
        this.output = Output.listOf(type);
        this.compiler = compiler;
    }

    /** The JSON Schema of the list: an option of the request. */
    public String getJsonSchema() {
        return output.schema().orElseThrow();
    }

    /**
     * The items of a list.
     *
     * @param chunks the text of an answer of this schema; subscribed to once for each subscriber, and cancelled with it
     * @return the items, in order. An {@link dev.espalier.core.error.InvalidInputException} ends them where the text is none of the schema, or the type's constructor refuses an item
     */
    public Flux<E> read(Flux<String> chunks) {
        return Flux.defer(() -> {
            List<E> known = new ArrayList<>();
            ValueReader<List<E>> reader = compiler.reader(output).onElement("/*", type, known::add);
            Flux<E> items = chunks.concatMapIterable(chunk -> {
                reader.accept(chunk);
                return taken(known);
            });
            return items.concatWith(Flux.defer(() -> {
                List<E> unused = reader.finish();
                return Flux.fromIterable(taken(known));
            }));
        });
    }

    private static <E> List<E> taken(List<E> known) {
        List<E> taken = List.copyOf(known);
        known.clear();
        return taken;
    }
}
