package org.sandbar.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sandbar.output.EventSink;
import org.sandbar.output.Format;
import org.sandbar.sink.Deliveries;
import org.sandbar.sink.EventFile;
import org.sandbar.sink.Target;
import org.sandbar.yaml.Spelling;

/** Opens what {@code -o FORMAT:DEST} names. */
final class Outputs {
    static final String STANDARD_OUTPUT = "standard output";

    private static final List<String> FORMATS = Format.names();

    private final Console console;
    private final Set<String> wanted;
    private final Deliveries deliveries;
    private final Runnable unread;
    private volatile boolean isUnread;
    private final List<EventFile> files = new ArrayList<>();

    /**
     * @param wanted the kinds of events to write where an output does not name its own; all where it is empty
     * @param unread is run when whoever read standard output has closed it, and nothing more is written there; where it is null, that
     *     is a failure as any other
     */
    Outputs(Console console, Set<String> wanted, Deliveries deliveries, Runnable unread) {
        this.console = console;
        this.wanted = wanted;
        this.deliveries = deliveries;
        this.unread = unread;
    }

    List<EventSink> open(List<String> specifications) {
        List<EventSink> sinks = new ArrayList<>();
        for (String specification : specifications) {
            try {
                sinks.add(open(specification, Target.of(specification)));
            } catch (IllegalArgumentException wrong) {
                throw new Failure(ExitCode.USAGE, "-o " + specification + ": " + wrong.getMessage());
            }
        }
        return sinks;
    }

    private EventSink open(String specification, Target target) {
        if (!FORMATS.contains(target.format())) {
            throw new IllegalArgumentException("unknown format '" + target.format() + "'"
                    + Spelling.hint(target.format(), FORMATS) + "; write -o FORMAT:DEST, as in -o eve:alerts.json");
        }
        Set<String> kinds = target.events().isEmpty() ? wanted : Set.copyOf(target.events());
        RunOptions.checkKinds("-o " + specification, kinds);
        if (target.isLocal()) {
            return local(target, kinds);
        }
        try {
            return deliveries.open(target, out -> Format.of(target.format()).sink(out, target.name(), false, kinds));
        } catch (IOException unusable) {
            throw new Failure(ExitCode.FAILED, "-o " + specification + ": " + Failure.reason(unusable));
        }
    }

    private EventSink local(Target target, Set<String> kinds) {
        boolean standard = target.place().equals(Target.STANDARD_OUTPUT);
        OutputStream out = standard ? new Standard(console.data()) : file(target);
        String name = standard ? STANDARD_OUTPUT : target.place();
        boolean coloured = standard && console.dataIsTerminal() && System.getenv("NO_COLOR") == null;
        return deliveries.openLocal(
                target, out, stream -> Format.of(target.format()).sink(stream, name, coloured, kinds));
    }

    /** Whether whoever read standard output has closed it. */
    boolean isUnread() {
        return isUnread;
    }

    /** Opens the files anew under their names, when what is being written has been. Any thread. */
    void reopen() {
        for (EventFile file : files) {
            try {
                file.reopen();
            } catch (IOException unwritable) {
                console.say("cannot write " + unwritable.getMessage() + "; the file before is written on");
            }
        }
    }

    private OutputStream file(Target target) {
        EventFile.Keeping keeping = deliveries.keeping(target);
        try {
            EventFile file = new EventFile(target.place(), keeping);
            files.add(file);
            return file;
        } catch (IOException unwritable) {
            throw unwritable(Path.of(target.place()), unwritable);
        }
    }

    static Failure unwritable(Path file, IOException why) {
        Path folder = file.toAbsolutePath().getParent();
        String remedy = folder != null && !Files.isDirectory(folder)
                ? "; make the folder " + folder + " first"
                : "; choose a file that you may write";
        return new Failure(ExitCode.FAILED, "cannot write " + why.getMessage() + remedy);
    }

    /** Standard output is the process's, and several outputs may share it. */
    private final class Standard extends FilterOutputStream {
        Standard(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (isUnread) {
                return;
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException closed) {
                if (unread == null) {
                    throw closed;
                }
                isUnread = true;
                unread.run();
            }
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
