package org.sandbar.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sandbar.capture.live.CannotWatch;
import org.sandbar.capture.live.WatchableInterface;
import org.sandbar.wire.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sandbar interfaces}: what can be watched here. */
@Command(name = "interfaces", description = "Lists the interfaces that can be watched.", sortOptions = false)
final class Interfaces implements Callable<Integer> {
    private static final String UNKNOWN = "-";
    private static final List<String> HEAD = List.of("NAME", "STATE", "LINK", "ADDRESSES", "DESCRIPTION");

    private final Console console;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            description = "a table for people, or one line of JSON for each (default: ${DEFAULT-VALUE})")
    private Format format = Format.text;

    /** As the user writes them. */
    private enum Format {
        text,
        json
    }

    Interfaces(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<WatchableInterface> all = all();
        console.write(format == Format.json ? json(all) : table(all));
        List<WatchableInterface> unseen = all.stream()
                .filter(each -> each.unseen() != null && !each.state().equals(WatchableInterface.DOWN))
                .toList();
        if (!unseen.isEmpty()) {
            String names = unseen.stream().map(WatchableInterface::name).collect(Collectors.joining(", "));
            console.say("link types that could not be seen: " + names + "; "
                    + unseen.get(0).unseen());
        }
        return ExitCode.DONE;
    }

    private static List<WatchableInterface> all() {
        try {
            return WatchableInterface.all();
        } catch (CannotWatch missing) {
            throw new Failure(ExitCode.MISSING, missing.getMessage());
        }
    }

    private static String table(List<WatchableInterface> all) {
        StringBuilder text = new StringBuilder();
        row(text, all, HEAD);
        for (WatchableInterface each : all) {
            row(text, all, cells(each));
        }
        return text.toString();
    }

    private static List<String> cells(WatchableInterface each) {
        return List.of(
                each.name(),
                each.state(),
                each.linkType() == null ? UNKNOWN : each.linkType(),
                each.addresses().isEmpty() ? UNKNOWN : String.join(" ", addresses(each)),
                each.description() == null ? UNKNOWN : each.description());
    }

    /** As Sandbar writes addresses everywhere: without the scope that Java adds. */
    private static List<String> addresses(WatchableInterface each) {
        return each.addresses().stream()
                .map(address -> Address.parse(address.getHostAddress().replaceFirst("%.*", ""))
                        .toString())
                .toList();
    }

    private static void row(StringBuilder text, List<WatchableInterface> all, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            int at = column;
            boolean last = column == cells.size() - 1;
            int width = all.stream()
                    .mapToInt(each -> cells(each).get(at).length())
                    .reduce(HEAD.get(at).length(), Math::max);
            text.append(cells.get(column))
                    .append(
                            last
                                    ? "\n"
                                    : " ".repeat(width + 2 - cells.get(column).length()));
        }
    }

    private static String json(List<WatchableInterface> all) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setRootValueSeparator(null);
            for (WatchableInterface each : all) {
                json.writeStartObject();
                json.writeStringField("name", each.name());
                json.writeStringField("state", each.state());
                json.writeStringField("link_type", each.linkType());
                json.writeArrayFieldStart("addresses");
                for (String address : addresses(each)) {
                    json.writeString(address);
                }
                json.writeEndArray();
                json.writeStringField("description", each.description());
                json.writeStringField("unseen", each.unseen());
                json.writeEndObject();
                json.writeRaw('\n');
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }
}
