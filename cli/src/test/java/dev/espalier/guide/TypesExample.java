// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.Generator;
import dev.espalier.Output;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.LocalDate;
import java.util.Set;

final class TypesExample {

    // guide: begin
    sealed interface Contact permits Mail, Phone {}

    record Mail(@Email String address) implements Contact {}

    record Phone(@Pattern(regexp = "[0-9 ]{4,15}") String number) implements Contact {}

    enum Extra {
        breakfast,
        @JsonProperty("sea view")
        SEA_VIEW,
        parking
    }

    record Booking(
            @NotBlank String guest,
            @JsonFormat(pattern = "dd.MM.yyyy") LocalDate arrival,
            @Positive @Max(30) int nights,
            Contact contact,
            @NotEmpty Set<Extra> extras) {}

    static Booking read(Generator generator, String mail) {
        return generator.generate(mail, Output.of(Booking.class));
    }
    // guide: end

    static final String MAIL = """
            Booking for Jonas Berg, mail address jonas@berg.example. Arrival: 14.08.2026. Nights: 3. Extras: breakfast, sea view.
            """;

    private TypesExample() {}
}
