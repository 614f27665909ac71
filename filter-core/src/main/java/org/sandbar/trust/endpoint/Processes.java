package org.sandbar.trust.endpoint;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sandbar.trust.OwningProcess;
import org.sandbar.trust.endpoint.SocketTable.Ends;

/** The processes of this machine, of which {@code /proc} tells what this one has a right to see. One thread. */
final class Processes {
    private static final Path PROC = Path.of("/proc");
    /** Who opened a connection lately opens the next one: so many are looked at first. */
    private static final int MOST_RECENT = 32;

    private static final int LONGEST_PATH = 128;
    private static final String REPLACED = " (deleted)";

    /** In a process's status, those in force. */
    private static final String CAPABILITIES = "CapEff:";

    private static final long CAP_DAC_OVERRIDE = 1 << 1;
    private static final long CAP_DAC_READ_SEARCH = 1 << 2;
    private static final long CAP_SYS_PTRACE = 1 << 19;

    private final int mostParents;
    /** The latest last. */
    private final Set<Long> recent = new LinkedHashSet<>();

    Processes(int mostParents) {
        this.mostParents = mostParents;
    }

    /** Whether this process may see the sockets of others' processes, by the capabilities that it has. */
    static boolean areVisible() {
        try (Stream<String> lines = Files.lines(PROC.resolve("self/status"))) {
            long rights = lines.filter(line -> line.startsWith(CAPABILITIES))
                    .mapToLong(line -> Long.parseUnsignedLong(
                            line.substring(CAPABILITIES.length()).strip(), 16))
                    .sum();
            return (rights & CAP_SYS_PTRACE) != 0 && (rights & (CAP_DAC_READ_SEARCH | CAP_DAC_OVERRIDE)) != 0;
        } catch (IOException noLinux) {
            return false;
        }
    }

    /** The process that opened each of these sockets, by inode, where one is found. */
    Map<Long, Long> owners(Set<Long> inodes) {
        Map<String, Long> sought = new HashMap<>();
        inodes.forEach(inode -> sought.put(link(inode), inode));
        Map<Long, Long> holders = new HashMap<>();
        search(newestFirst(recent), sought, holders);
        if (!sought.isEmpty()) {
            List<Long> others = all();
            others.removeAll(recent);
            search(newestFirst(others), sought, holders);
        }
        holders.replaceAll(Processes::opener);
        remember(holders.values());
        return holders;
    }

    /** What a process starts has its sockets too, where it does not close them: then the one above opened it. */
    private static long opener(long inode, long holder) {
        long opener = holder;
        Optional<ProcessHandle> parent = ProcessHandle.of(holder).flatMap(ProcessHandle::parent);
        while (parent.isPresent()) {
            Map<Long, Long> above = new HashMap<>();
            search(List.of(parent.get().pid()), new HashMap<>(Map.of(link(inode), inode)), above);
            if (above.isEmpty()) {
                break;
            }
            opener = parent.get().pid();
            parent = parent.get().parent();
        }
        return opener;
    }

    private static String link(long inode) {
        return "socket:[" + inode + "]";
    }

    private void remember(Collection<Long> processes) {
        recent.removeAll(processes);
        recent.addAll(processes);
        Iterator<Long> eldest = recent.iterator();
        for (int excess = recent.size() - MOST_RECENT; excess > 0; excess--) {
            eldest.next();
            eldest.remove();
        }
    }

    private static List<Long> newestFirst(Collection<Long> processes) {
        List<Long> sorted = new ArrayList<>(processes);
        sorted.sort(Comparator.reverseOrder());
        return sorted;
    }

    private static List<Long> all() {
        List<Long> all = new ArrayList<>();
        String[] names = PROC.toFile().list((folder, name) -> Character.isDigit(name.charAt(0)));
        for (String name : names == null ? new String[0] : names) {
            all.add(Long.parseLong(name));
        }
        return all;
    }

    private static void search(Iterable<Long> processes, Map<String, Long> sought, Map<Long, Long> holders) {
        for (long process : processes) {
            try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(PROC.resolve(process + "/fd"))) {
                for (Path descriptor : descriptors) {
                    Long inode = sought.remove(target(descriptor));
                    if (inode != null) {
                        holders.put(inode, process);
                    }
                }
            } catch (IOException | DirectoryIteratorException goneOrRefused) {
                // Then it is none whose sockets can be known.
            }
            if (sought.isEmpty()) {
                return;
            }
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    /** The process as the holder of this end of a socket; null where it has ended. */
    OwningProcess describe(long pid, Ends ends) {
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null) {
            return null;
        }
        List<String> parents = new ArrayList<>();
        Optional<ProcessHandle> parent = process.parent();
        while (parent.isPresent() && parents.size() < mostParents) {
            parents.add(executable(parent.get()));
            parent = parent.get().parent();
        }
        String user = process.info().user().orElse(null);
        return new OwningProcess(ends.local(), ends.localPort(), pid, executable(process), user, List.copyOf(parents));
    }

    private static String executable(ProcessHandle process) {
        String path = process.info().command().orElseGet(() -> name(process.pid()));
        if (path.endsWith(REPLACED)) {
            path = path.substring(0, path.length() - REPLACED.length());
        }
        return path.length() <= LONGEST_PATH ? path : "…" + path.substring(path.length() - LONGEST_PATH);
    }

    private static String name(long pid) {
        try {
            return '[' + Files.readString(PROC.resolve(pid + "/comm")).strip() + ']';
        } catch (IOException gone) {
            return "[]";
        }
    }
}
