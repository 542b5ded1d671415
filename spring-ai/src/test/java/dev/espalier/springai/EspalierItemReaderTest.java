// SPDX-License-Identifier: Apache-2.0
package dev.espalier.springai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import reactor.core.publisher.Flux;

@Tag("integration")
class EspalierItemReaderTest {

    record City(String name, int people) {}

    private static final String LIST = "[{\"name\":\"Tokyo\",\"people\":14},{\"name\":\"Łódź\",\"people\":1},"
            + "{\"name\":\"Bonn\",\"people\":0}]";
    private static final List<City> CITIES = List.of(new City("Tokyo", 14), new City("Łódź", 1), new City("Bonn", 0));

    private final EspalierChatModel model = Scripted.saying(LIST);
    private final EspalierItemReader<City> reader = model.itemReader(City.class);

    private Flux<String> text() {
        return ChatClient.create(model)
                .prompt("Which cities?")
                .options(EspalierChatOptions.builder().outputSchema(reader.getJsonSchema()))
                .stream()
                .content();
    }

    @Test
    void itemsComeWhileTheListIsWritten() {
        List<Object> seen = new ArrayList<>();
        AtomicInteger written = new AtomicInteger();
        reader.read(text().doOnNext(chunk -> written.addAndGet(chunk.length())))
                .toIterable(1)
                .forEach(seen::add);
        assertEquals(CITIES, seen);
        assertEquals(LIST.length(), written.get());
        List<Integer> lengths = new ArrayList<>();
        AtomicInteger read = new AtomicInteger();
        Flux<String> letters = Flux.fromArray(LIST.split("(?<=.)")).doOnNext(letter -> read.incrementAndGet());
        reader.read(letters).doOnNext(city -> lengths.add(read.get())).blockLast();
        assertEquals(LIST.indexOf("14") + 3, lengths.get(0), "certain at the brace behind the number");
        assertEquals(LIST.indexOf(":1}") + 3, lengths.get(1));
    }

    @Test
    void eachSubscriberReadsForItself() {
        Flux<City> cities = reader.read(Flux.defer(this::text));
        assertEquals(CITIES, cities.collectList().block());
        assertEquals(CITIES, cities.collectList().block());
        assertEquals(CITIES.subList(0, 1), cities.take(1).collectList().block());
    }

    @Test
    void aTextThatIsNoSuchListIsAnError() {
        assertThrows(
                InvalidInputException.class,
                () -> reader.read(Flux.just("[{\"name\":", "7}]")).blockLast());
    }
}
