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
import org.sandbar.yaml.Spelling;

/** Opens what {@code -o FORMAT:DEST} names. */
final class Outputs {
    static final String STANDARD_OUTPUT = "standard output";

    private static final List<String> FORMATS = Format.names();

    private final Console console;
    private final Set<String> wanted;
    private final List<RotatedFile> files = new ArrayList<>();

    Outputs(Console console, Set<String> wanted) {
        this.console = console;
        this.wanted = wanted;
    }

    List<EventSink> open(List<String> specifications) {
        List<EventSink> sinks = new ArrayList<>();
        for (String specification : specifications) {
            sinks.add(open(specification));
        }
        return sinks;
    }

    private EventSink open(String specification) {
        int colon = specification.indexOf(':');
        String format = colon < 0 ? specification : specification.substring(0, colon);
        String destination = colon < 0 ? "-" : specification.substring(colon + 1);
        if (!FORMATS.contains(format)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "-o " + specification + ": unknown format '" + format + "'" + Spelling.hint(format, FORMATS)
                            + "; write -o FORMAT:DEST, as in -o eve:alerts.json");
        }
        if (destination.isEmpty() || destination.contains("://")) {
            throw new Failure(
                    ExitCode.USAGE,
                    "-o " + specification + ": the destination must be a file, or - for standard output");
        }
        boolean standard = destination.equals("-");
        OutputStream out = standard ? new Unclosed(console.data()) : file(destination);
        String name = standard ? STANDARD_OUTPUT : destination;
        boolean coloured = standard && console.dataIsTerminal() && System.getenv("NO_COLOR") == null;
        return Format.of(format).sink(out, name, coloured, wanted);
    }

    /** Opens the files anew under their names. Between two events, when all that was said has left the sinks. */
    void reopen() {
        for (RotatedFile file : files) {
            try {
                file.reopen();
            } catch (IOException unwritable) {
                console.say("cannot write " + unwritable.getMessage() + "; the file before is written on");
            }
        }
    }

    private OutputStream file(String destination) {
        try {
            RotatedFile file = new RotatedFile(destination);
            files.add(file);
            return file;
        } catch (IOException unwritable) {
            throw unwritable(Path.of(destination), unwritable);
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
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
