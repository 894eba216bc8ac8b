package dev.afluente.sandbox.brazil;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The invented companies of {@code merchants.csv} by kind. Their CNPJs follow from their names. */
public final class Merchants {

    private static final Map<String, List<Merchant>> BY_KIND = read();

    private Merchants() {}

    /** {@code kind} is shop, online, utility, employer or abroad. */
    public static List<Merchant> of(String kind) {
        return BY_KIND.get(kind);
    }

    private static Map<String, List<Merchant>> read() {
        try (InputStream csv = Merchants.class.getResourceAsStream("/merchants.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(";", -1))
                    .collect(Collectors.groupingBy(
                            cells -> cells[0],
                            Collectors.mapping(Merchants::merchant, Collectors.toUnmodifiableList())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Merchant merchant(String[] cells) {
        String cnpj = cells[3].isEmpty() ? null : Documents.cnpj(new Draw(Draw.key(0, cells[2]), 0));
        return new Merchant(
                cells[1],
                cells[2],
                cnpj,
                cells[3].isEmpty() ? null : cells[3],
                cells[4],
                new Merchant.Spending(cells[5], Integer.parseInt(cells[6]), Integer.parseInt(cells[7])));
    }
}
