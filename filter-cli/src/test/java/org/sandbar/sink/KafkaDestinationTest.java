package org.sandbar.sink;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaDestinationTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acks=1                  | acks is always all
            linger=5                | no producer has the property 'linger'
            compresion.type=gzip    | did you mean 'compression.type'?
            compression.type=snappy | compression=snappy is none of none, gzip, zstd
            linger.ms=soon          | linger.ms""")
    void aWrongPropertyIsSaidAtTheStart(String property, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("kafka.properties"), property);
        Target target = Target.of("eve:kafka://host/topic?config=" + file);
        String message = assertThrows(IllegalArgumentException.class, () -> KafkaDestination.of(target))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
