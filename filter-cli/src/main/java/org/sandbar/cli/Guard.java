package org.sandbar.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.capture.live.CannotWatch;
import org.sandbar.capture.live.PacketQueue;
import org.sandbar.capture.live.QueueSettings;
import org.sandbar.capture.live.RawSocket;
import org.sandbar.proxy.FtpProxy;
import org.sandbar.wire.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sandbar guard}: decides packets that the kernel's packet filter hands over, and writes events, verdicts and alerts. */
@Command(
        name = "guard",
        description =
                "Decides what a router forwards, packet by packet, until it is stopped: stops what rules or the policy want"
                        + " stopped, opens the way for data connections of FTP that a trusted session has announced, and marks each connection"
                        + " with what it is taken for.",
        sortOptions = false)
final class Guard implements Callable<Integer> {
    private static final int HIGHEST_QUEUE = 65_534;
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_QUEUE = 1 << 20;

    private final Console console;

    @Option(
            names = {"-Q", "--queue"},
            paramLabel = "NUM",
            description =
                    "decide the packets of this queue of the kernel's, and of the next one, where new connections begin"
                            + " (default: ${DEFAULT-VALUE})")
    private int queue;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--queue-length",
            paramLabel = "N",
            description = "packets that the kernel keeps until they are decided (default: ${DEFAULT-VALUE})")
    private int length = 4_096;

    @Option(
            names = "--fail-open",
            description =
                    "what guard has no time for passes, and all does while it is not there (default: it is dropped)")
    private boolean failOpen;

    @Option(names = "--simulate", description = "let everything pass unmarked, and only tell what would be done")
    private boolean simulated;

    @Option(
            names = "--offload",
            description = "hand over no more packets of connections that need not be looked at any more")
    private boolean offload;

    @Option(
            names = "--ftp-proxy",
            paramLabel = "CIDR",
            split = ",",
            description =
                    "hosts whose addresses the router translates: their FTP goes through a proxy, so that active FTP works too")
    private List<String> proxied = new ArrayList<>();

    @Option(
            names = "--ftp-proxy-port",
            paramLabel = "PORT",
            description = "the port of loopback on which it listens (default: ${DEFAULT-VALUE})")
    private int proxyPort = 8_021;

    @Option(
            names = "--install",
            description = "put the rules into the kernel that hand packets over, and take them out at the end")
    private boolean install;

    @Option(names = "--uninstall", description = "take out the rules that a guard left which was killed, and end")
    private boolean uninstall;

    @Option(names = "--print-rules", description = "print the rules that --install would put in, and end")
    private boolean print;

    @Mixin
    private LiveOptions live = new LiveOptions();

    Guard(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        check();
        if (uninstall) {
            Firewall.requireRight();
            Firewall.remove();
            return ExitCode.DONE;
        }
        if (print) {
            String rules = Firewall.ofKernel().lines(queue, failOpen, proxying()) + Firewall.advice();
            new PrintStream(console.data(), true, StandardCharsets.UTF_8).print(rules);
            return ExitCode.DONE;
        }
        Guarding guarding = new Guarding(console, options, simulated, offload, live.statisticsSeconds());
        try (PacketQueue packets = PacketQueue.open(new QueueSettings(queue, length, failOpen));
                RawSocket socket = RawSocket.open();
                FtpProxy proxy = openProxy()) {
            if (install) {
                Firewall.ofKernel().install(queue, failOpen, proxying());
            }
            return guarding.run(packets, socket, this::sayBegun, () -> leave(proxy));
        } catch (IOException refused) {
            throw new Failure(ExitCode.FAILED, "the proxy for FTP cannot begin: " + refused.getMessage());
        } catch (CannotWatch refused) {
            throw Failure.of(refused);
        }
    }

    private void sayBegun() {
        if (!options.quiet()) {
            console.say("guarding what comes to queue " + queue
                    + (install ? "" : "; the rules that bring it: sandbar guard -Q " + queue + " --print-rules"));
        }
    }

    private void leave(FtpProxy proxy) {
        if (proxy != null) {
            proxy.close();
        }
        if (install) {
            Firewall.remove();
        }
    }

    /** Null where there is none. */
    private Proxying proxying() {
        List<Network> clients = new ArrayList<>();
        for (String text : proxied) {
            Network network = Network.parse(text);
            if (network == null) {
                throw new Failure(ExitCode.USAGE, "--ftp-proxy: '" + text + "' is no network; write 192.168.1.0/24");
            }
            clients.add(network);
        }
        return clients.isEmpty() ? null : new Proxying(clients, proxyPort);
    }

    private FtpProxy openProxy() throws IOException {
        if (proxied.isEmpty()) {
            return null;
        }
        Limits limits = options.settings().limits();
        KernelWays ways = new KernelWays(limits.of(Bound.GUARD_HOLE_SECONDS), console::say);
        if (!install) {
            ways.forget();
        }
        return FtpProxy.listen(proxyPort, ways, limits, console::say);
    }

    private void check() {
        options.check();
        proxying();
        if (simulated && !proxied.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "--ftp-proxy is not for --simulate: it changes what the server is told");
        }
        LiveOptions.check("--ftp-proxy-port", proxyPort, 1, HIGHEST_PORT);
        LiveOptions.check("-Q", queue, 0, HIGHEST_QUEUE);
        LiveOptions.check("--queue-length", length, 1, LONGEST_QUEUE);
        live.check();
        if (options.filter() != null) {
            throw new Failure(ExitCode.USAGE, "-f is not for guard: which packets come to it, the kernel's rules say");
        }
    }
}
