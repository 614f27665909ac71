package org.sandbar.trust.endpoint;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sandbar.bytes.Limits;
import org.sandbar.bytes.Limits.Bound;
import org.sandbar.flow.Conversation;
import org.sandbar.trust.Owners;
import org.sandbar.trust.OwningProcess;
import org.sandbar.trust.endpoint.SocketTable.Ends;
import org.sandbar.wire.Address;
import org.sandbar.wire.Packet;

/**
 * Finds who owns the connections of this machine while they stand, on a thread of its own. One look at the sockets answers all that was
 * asked until then, and there are at most fifty looks a second. Where a connection, or its process, has ended by then, nobody is found.
 */
public final class LocalOwners implements Owners, AutoCloseable {
    private static final long PAUSE_MS = 20;
    /** After so long the machine's addresses are asked for again. */
    private static final long ADDRESSES_SECONDS = 5;

    private record Question(Ends ends, boolean answers, CompletableFuture<OwningProcess> answer) {}

    private final Processes processes;
    private final BlockingQueue<Question> questions;
    private final Thread thread = new Thread(this::answer, "sandbar-owners");
    private volatile Set<Address> here = addresses();

    private LocalOwners(Limits limits) {
        processes = new Processes(limits.of(Bound.PARENT_PROCESSES));
        questions = new ArrayBlockingQueue<>(limits.of(Bound.OWNER_QUESTIONS));
    }

    /**
     * Begins to answer.
     *
     * @param warning is told in one line, with the remedy, where other users' processes cannot be looked into; this user's own still are
     */
    public static LocalOwners open(Limits limits, Consumer<String> warning) {
        if (!Processes.areVisible()) {
            warning.accept(
                    "no right to see which processes of others own connections, so that is no evidence of who talks; run it as"
                            + " root, or with +sys_ptrace,+dac_read_search beside +net_raw in setpriv's --inh-caps and --ambient-caps");
        }
        LocalOwners owners = new LocalOwners(limits);
        owners.thread.setDaemon(true);
        owners.thread.start();
        return owners;
    }

    @Override
    public CompletableFuture<OwningProcess> ownerOf(Conversation flow) {
        boolean client = isHere(flow.client());
        boolean known = flow.protocol() == Packet.TCP || flow.protocol() == Packet.UDP;
        if (!known || !client && !isHere(flow.server())) {
            return null;
        }
        Ends ends = client
                ? new Ends(flow.protocol(), flow.client(), flow.clientPort(), flow.server(), flow.serverPort())
                : new Ends(flow.protocol(), flow.server(), flow.serverPort(), flow.client(), flow.clientPort());
        Question question = new Question(ends, !client || flow.protocol() == Packet.UDP, new CompletableFuture<>());
        return questions.offer(question) ? question.answer : null;
    }

    private boolean isHere(Address address) {
        return address.isLoopback() || here.contains(address);
    }

    private void answer() {
        long askedNs = System.nanoTime();
        try {
            while (true) {
                Question first = questions.poll(ADDRESSES_SECONDS, TimeUnit.SECONDS);
                if (System.nanoTime() - askedNs >= TimeUnit.SECONDS.toNanos(ADDRESSES_SECONDS)) {
                    askedNs = System.nanoTime();
                    here = addresses();
                }
                if (first != null) {
                    List<Question> asked = new ArrayList<>(List.of(first));
                    questions.drainTo(asked);
                    answer(asked);
                    Thread.sleep(PAUSE_MS);
                }
            }
        } catch (InterruptedException closed) {
            // Nobody asks any more.
        }
    }

    private void answer(List<Question> asked) {
        SocketTable sockets = new SocketTable(Path.of("/proc/self/net"));
        long[] inodes = new long[asked.size()];
        Set<Long> sought = new HashSet<>();
        for (int i = 0; i < inodes.length; i++) {
            inodes[i] = sockets.inode(asked.get(i).ends, asked.get(i).answers);
            if (inodes[i] != SocketTable.NONE) {
                sought.add(inodes[i]);
            }
        }
        Map<Long, Long> found = sought.isEmpty() ? Map.of() : processes.owners(sought);
        for (int i = 0; i < inodes.length; i++) {
            Long pid = found.get(inodes[i]);
            asked.get(i).answer.complete(pid == null ? null : processes.describe(pid, asked.get(i).ends));
        }
    }

    private static Set<Address> addresses() {
        Set<Address> addresses = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> addresses.add(Address.parse(withoutZone(address.getHostAddress()))));
        } catch (SocketException none) {
            // There is none.
        }
        return addresses;
    }

    private static String withoutZone(String literal) {
        int zone = literal.indexOf('%');
        return zone < 0 ? literal : literal.substring(0, zone);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
