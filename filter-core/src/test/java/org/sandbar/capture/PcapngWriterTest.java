package org.sandbar.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sandbar.capture.Reading.Row;

/** What is written is read back by our own reader and by Wireshark's. */
class PcapngWriterTest {
    private static final List<NetworkInterface> INTERFACES = List.of(
            new NetworkInterface("eth0", LinkType.ETHERNET, 262_144),
            new NetworkInterface(null, LinkType.RAW, 0),
            new NetworkInterface("wlan ä", LinkType.LINUX_SLL2, 96));

    private final List<Row> packets = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();

    private byte[] written() throws IOException {
        Random random = new Random(4_502);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long bytes;
        try (PcapngWriter writer = new PcapngWriter(out, "sandbar")) {
            for (int i = 0; i < 200; i++) {
                byte[] data = new byte[random.nextInt(300)];
                random.nextBytes(data);
                int from = data.length / 3;
                int wire = data.length - from + random.nextInt(2) * 1_000;
                long timeNs = 1_795_525_786_844_965_123L + random.nextInt();
                NetworkInterface seenOn = INTERFACES.get(random.nextInt(INTERFACES.size()));
                List<String> said =
                        List.of("first", "second of ü€, packet " + i).subList(0, random.nextInt(3));
                writer.packet(data, from, data.length - from, wire, timeNs, seenOn, said);
                List<Byte> kept = new ArrayList<>();
                for (int at = from; at < data.length; at++) {
                    kept.add(data[at]);
                }
                packets.add(new Row(i + 1, timeNs, seenOn.linkType(), wire, kept));
                comments.add(String.join("|", said));
            }
            bytes = writer.bytes();
        }
        assertEquals(out.size(), bytes);
        return out.toByteArray();
    }

    @Test
    void isReadBack() throws IOException {
        Reading reading = Reading.of(written());
        assertEquals(List.of(), reading.complaints());
        assertEquals(packets, reading.packets());
    }

    @Test
    void isReadByWireshark(@TempDir Path folder) throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        Path file = Files.write(folder.resolve("written.pcapng"), written());
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            Row row = packets.get(i);
            String time = BigDecimal.valueOf(row.timeNs(), 9).toPlainString();
            String name = INTERFACES.stream()
                    .filter(one -> one.linkType() == row.linkType() && one.name() != null)
                    .findFirst()
                    .map(NetworkInterface::name)
                    .orElse("unknown");
            expected.add(String.join(
                    "\t", time, "" + row.wireLength(), "" + row.data().size(), name, comments.get(i)));
        }
        Process tshark = new ProcessBuilder(
                        "tshark -n -r FILE -T fields -E aggregator=| -e frame.time_epoch -e frame.len"
                                .concat(" -e frame.cap_len -e frame.interface_name -e frame.comment")
                                .replace("FILE", file.toString())
                                .split(" "))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(
                expected,
                new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
    }
}
