package dev.howdah.catalog;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount in Kubernetes' notation, as in {@code 250m}, {@code 0.25}, {@code 2Gi}.
 *
 * <p>Source: Kubernetes, "Quantity" (api-machinery resource.Quantity); exponents are left out, nobody writes them.
 *
 * @param text as it was written
 * @param amount in cores or in bytes
 */
public record Quantity(String text, BigDecimal amount) implements Comparable<Quantity> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?");
    private static final Map<String, BigDecimal> FACTORS = Map.ofEntries(
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("k", BigDecimal.valueOf(1_000L)),
            Map.entry("M", BigDecimal.valueOf(1_000_000L)),
            Map.entry("G", BigDecimal.valueOf(1_000_000_000L)),
            Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
            Map.entry("P", BigDecimal.valueOf(1_000_000_000_000_000L)),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)));

    /** Empty if {@code text} is no quantity above zero. */
    public static Optional<Quantity> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigDecimal factor =
                form.group(2) == null ? BigDecimal.ONE : FACTORS.getOrDefault(form.group(2), BigDecimal.ONE);
        BigDecimal amount = new BigDecimal(form.group(1)).multiply(factor);
        return amount.signum() > 0 ? Optional.of(new Quantity(text, amount)) : Optional.empty();
    }

    /** @throws IllegalArgumentException if {@code text} is no quantity above zero */
    public static Quantity of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException("Not a quantity above zero: " + text));
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }
}
