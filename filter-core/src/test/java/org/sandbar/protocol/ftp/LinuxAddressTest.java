package org.sandbar.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sandbar.flow.Direction;
import org.sandbar.wire.Address;

/** What Linux reads in EPRT of IPv6; {@code lab/differential.sh} found the kernel to do so. */
class LinuxAddressTest {
    private static final Address CLIENT = Address.parse("fd89::1:0:102");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "|2|fd89::1:0:102|5000|;fd89::1:0:102;5000",
                "|2|FD89:0:0:0:0:1:0:102|5000|;fd89::1:0:102;5000",
                "|2|fd89:0000:0000:0000:0000:0001:0000:0102|5000|;fd89::1:0:102;5000",
                "|2|0000fd89::0000001:0:102|5000|;fd89::1:0:102;5000",
                "|2|10fd89::1:0:102|5000|;-;-1",
                "|2|fd89:0:0:0:0:1:0.0.1.2|5000|;fd89::1:0:102;5000",
                "|2|fd89::1:0.0.001.2|5000|;fd89::1:0:102;5000",
                "|2|fd89::1:0.0.1.2:77|5000|;fd89::1:0:102;77",
                "|2|fd89::1:0:102\\0005000|;fd89::1:0:102;5000",
                "|2|fd89::1:0.0.1.256|5000|;-;-1",
                "|2|fd89::1:0.0.1|5000|;-;-1",
                "|2|fd89:1:0.0.1.2|5000|;-;-1",
                "|2|::|5000|;::;5000",
                "|2|::1|5000|;::1;5000",
                "|2|1::|5000|;1::;5000",
                "|2|1:2:3:4:5:6:7::|5000|;1:2:3:4:5:6:7:0;5000",
                "|2|::2:3:4:5:6:7:8|5000|;0:2:3:4:5:6:7:8;5000",
                "|2|1:2:3:4:5:6:7:8:9|5000|;-;-1",
                "|2|1:2:3:4:5:6:7|5000|;-;-1",
                "|2|1::2::3|5000|;-;-1",
                "|2|:1::2|5000|;-;-1",
                "|2|1::2:|5000|;-;-1",
                "|2||5000|;-;-1",
                "|2|fd89::1:0:102%1|5000|;-;-1",
                "|2|[fd89::1:0:102]|5000|;-;-1",
                "|2|fd89::1:0:102|0|;-;-1",
                ".2.fd89::1:0:102.5000.;fd89::1:0:102;5000",
                "a2afd89::1:0:102a5000a;fd89::1:0:102;5000",
                "a2a1:a::2a5000a;-;-1",
                "a2a1::2a5000a;1::2;5000",
            })
    void reads(String argument, String address, int port) {
        byte[] line = ("EPRT " + argument.replace("\\000", "\0") + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        FilterReading reading = FilterReading.of("linux", line, Direction.TO_SERVER, CLIENT);
        assertEquals(address.equals("-") ? null : Address.parse(address), reading.address());
        assertEquals(port, reading.port());
    }
}
