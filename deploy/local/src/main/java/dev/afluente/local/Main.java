package dev.afluente.local;

import dev.afluente.embedded.identity.Tokens;
import dev.afluente.embedded.process.Repository;
import dev.afluente.local.demo.MainJob;
import dev.afluente.local.demo.Report;
import dev.afluente.local.demo.Simulator;
import dev.afluente.local.gateway.Gateway;
import dev.afluente.local.ledger.Findings;
import dev.afluente.local.ledger.LedgerComparison;
import dev.afluente.local.stack.DataDirectory;
import dev.afluente.local.stack.PortPlan.Role;
import dev.afluente.local.stack.Stack;
import dev.afluente.local.stack.StartException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The launcher's main program: starts everything, does the main job, stays or compares. Whatever way it ends (done, failed, Ctrl-C,
 * SIGTERM), a shutdown hook stops what it started.
 */
public final class Main {
    private static final Duration SETTLING = Duration.ofSeconds(30);

    private final Options options;
    private final Console console = new Console(System.out);
    private DataDirectory data;
    private Stack stack;
    private Gateway gateway;

    private Main(Options options) {
        this.options = options;
    }

    /** Exit codes: 0 done, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help")) {
            System.out.print(Options.USAGE);
            return 0;
        }
        try {
            return new Main(CommandLine.parse(arguments, System.getenv(), Repository.root())).run();
        } catch (CommandLine.UsageException e) {
            System.err.println(e.getMessage());
            System.err.println();
            System.err.print(Options.USAGE);
            return 2;
        }
    }

    private int run() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            data = DataDirectory.open(options.data(), options.fresh());
            options.ports().check();
            stack = new Stack(options.ports(), data, console);
            stack.start();
            gateway = new Gateway(options.ports(), new Tokens(stack.keys())).start();
            Simulator simulator = new Simulator(options.ports().url(Role.SIMULATOR));
            simulator.forgetOtherDoors(gateway.url());
            console.say("Ready at " + gateway.url());
            return options.demo() ? demonstrate(simulator) : stay();
        } catch (StartException e) {
            return fail(e.getMessage());
        } catch (RuntimeException e) {
            return fail(e.getMessage()
                    + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")"));
        }
    }

    private int fail(String why) {
        String died = stack == null ? null : stack.failure().getNow(null);
        System.err.println();
        System.err.println(died == null ? why : died);
        return 1;
    }

    private int demonstrate(Simulator simulator) {
        MainJob job = new MainJob(gateway, simulator, data.resolve("demo.json"), console, stack.failure());
        MainJob.Outcome outcome = job.run(options.bankUser());
        Report report = new Report(System.out);
        report.arrived(outcome, job.ledger());
        if (!options.once()) {
            report.invitation("http://localhost:" + options.ports().of(Role.GATEWAY), simulator(options));
            return stay();
        }
        Findings findings = compare(job, simulator, outcome);
        if (findings.equal()) {
            console.say(String.format(
                    Locale.ROOT,
                    "The ledgers are equal: %d accounts, %,d transactions, row by row",
                    findings.accounts(),
                    findings.rows()));
            return 0;
        }
        System.err.println();
        System.err.println(
                "The ledgers differ in " + findings.differences() + " places; the first of them (API / bank):");
        findings.first().forEach(difference -> System.err.println("  " + difference));
        return 1;
    }

    private static String simulator(Options options) {
        return "http://localhost:" + options.ports().of(Role.SIMULATOR);
    }

    /** A notification may still be under way, so a difference counts only when it stays. */
    private Findings compare(MainJob job, Simulator simulator, MainJob.Outcome outcome) {
        console.say("Comparing the API's ledger with the bank's");
        long end = System.nanoTime() + SETTLING.toNanos();
        while (true) {
            Findings findings =
                    LedgerComparison.of(job.ledger(), simulator.control(), outcome.connectionId(), outcome.itemId());
            if (findings.equal() || System.nanoTime() > end) {
                return findings;
            }
            job.pause();
        }
    }

    private int stay() {
        return fail(stack.failure().join());
    }

    private void stop() {
        if (stack == null) {
            return;
        }
        console.say("Stopping");
        if (gateway != null) {
            gateway.close();
        }
        stack.close();
        data.close();
        console.say("Stopped");
    }
}
