package org.sandbar.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.wire.Address;

/** The vectors of the Community ID specification: 23 tuples with seed 0, seed 1, and as bare digests. */
class CommunityIdTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("sandbar.root"), "..", "shared", "schemas", "community-id");

    @ParameterizedTest
    @CsvSource({"seed0.json, 0, true", "seed1.json, 1, true", "seed0-nob64.json, 0, false"})
    void ofTheSpecification(String file, int seed, boolean encoded) throws IOException {
        assumeTrue(Files.isDirectory(VECTORS));
        JsonNode vectors = new ObjectMapper().readTree(VECTORS.resolve(file).toFile());
        assertEquals(23, vectors.size());
        for (JsonNode vector : vectors) {
            Address source = address(vector.get("saddr").asText());
            Address destination = address(vector.get("daddr").asText());
            int sourcePort = vector.path("sport").asInt();
            int destinationPort = vector.path("dport").asInt();
            int protocol = vector.get("proto").asInt();
            String id = encoded
                    ? CommunityId.of(source, sourcePort, destination, destinationPort, protocol, seed)
                    : "1:"
                            + HexFormat.of()
                                    .formatHex(CommunityId.digest(
                                            source, sourcePort, destination, destinationPort, protocol, seed));
            assertEquals(vector.get("communityid").asText(), id, vector.toString());
        }
    }

    private static Address address(String text) throws IOException {
        byte[] bytes = InetAddress.getByName(text).getAddress();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new Address(4, 0, buffer.getInt() & 0xffff_ffffL)
                : new Address(6, buffer.getLong(), buffer.getLong());
    }
}
