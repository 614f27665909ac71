package org.sandbar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sandbar.alg.Armed;

/**
 * The samples that were made beside the kernel's own helpers: {@code kernel.json} is what these opened, a hole that was opened dormant
 * and then woken twice.
 */
class KernelSamplesTest {
    private static final Path SAMPLES =
            Path.of(System.getProperty("sandbar.root")).resolve("samples-pcap");

    @TestFactory
    Stream<DynamicTest> sameHoles() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES, 3)) {
            List<Path> answers =
                    files.filter(file -> file.endsWith("kernel.json")).sorted().toList();
            assertFalse(answers.isEmpty());
            return answers.stream()
                    .map(answer ->
                            DynamicTest.dynamicTest(SAMPLES.relativize(answer).toString(), () -> compare(answer)));
        }
    }

    /** What comes through a hole is looked into by the shard that the two hosts belong to, or by none. */
    @Test
    void anyNumberOfShardsOpensTheSame() throws IOException {
        Path call = SAMPLES.resolve("h323/call/input.pcap");
        for (int shards : new int[] {2, 3, 4}) {
            TreeSet<String> told = new TreeSet<>();
            for (int index = 0; index < shards; index++) {
                told.addAll(KernelOracleTest.told(call, new Shard(index, shards, ShardSettings.USUAL)));
            }
            assertEquals(KernelOracleTest.told(call, Armed.USUAL), told);
        }
    }

    private static void compare(Path answer) throws IOException {
        TreeSet<String> opened = new TreeSet<>();
        for (JsonNode hole : new ObjectMapper().readTree(answer.toFile()).get("holes")) {
            opened.add(String.join(
                    " ",
                    hole.get("proto").asText(),
                    hole.get("from_ip").isNull() ? "any" : hole.get("from_ip").asText(),
                    hole.get("to_ip").asText(),
                    hole.get("to_port").asText() + (hole.path("dormant").asBoolean() ? KernelOracleTest.DORMANT : "")));
        }
        assertEquals(opened, KernelOracleTest.told(answer.resolveSibling("input.pcap"), Armed.USUAL));
    }
}
