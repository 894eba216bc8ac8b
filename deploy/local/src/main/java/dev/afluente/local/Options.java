package dev.afluente.local;

import dev.afluente.local.stack.PortPlan;
import java.nio.file.Path;

/**
 * What the command line asks for.
 *
 * @param data keeps everything between runs
 * @param fresh delete {@code data} first
 * @param once do the main job, compare the ledgers, stop
 * @param demo do the main job at all
 * @param bankUser the simulator's user that plays the bank's customer, for example {@code user-ok-100000}
 */
public record Options(Path data, boolean fresh, boolean once, boolean demo, String bankUser, PortPlan ports) {

    public static final String USAGE = """
            usage: deploy/up [options]

            Starts PostgreSQL, Kafka, the Pluggy simulator, the three services and a gateway on this machine, connects a
            bank of the simulator for the user "demo", shows what arrived, and stays until Ctrl-C.

              --once                 do the same, compare the API's ledger with the bank's row by row, stop;
                                     exit code 0 only if they are equal
              --user NAME            the simulator's user to connect with (default user-ok; user-ok-100000 has that
                                     many transactions in the first account)
              --no-demo              only start
              --fresh                forget everything earlier runs have kept
              --data DIRECTORY       where runs keep their data (default .afluente; environment AFLUENTE_DATA)
              --gateway-port PORT    default 8080
              --simulator-port PORT  default 8090
              --postgres-port PORT   default: a free one, as for the next four
              --kafka-port PORT
              --connection-port PORT
              --webhook-port PORT
              --sync-port PORT
              --rebuild              build even if nothing has changed
              --help

            Every port can also be set in the environment: AFLUENTE_GATEWAY_PORT and so on. Port 0 picks a free one.
            Exit codes: 0 done, 1 failed, 2 wrong usage.
            """;
}
