// SPDX-License-Identifier: Apache-2.0
package dev.espalier.example.springai;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;

/** An invoice as a text tells it. */
// page: begin
public record Invoice(
        @Size(min = 1, max = 60) String customer,
        LocalDate date,
        @DecimalMin("0.01") BigDecimal total) {}
// page: end
