package org.sandbar.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("new/a.spill");
    }

    @Test
    void whatWaitsIsThereAgainWithAllThatIsKnownOfIt() throws IOException {
        SpillFile spill = SpillFile.open(path, 1_000_000);
        for (int i = 1; i <= 3; i++) {
            assertTrue(spill.append(Lines.of(i)));
        }
        spill.remove(spill.oldest(1).get(0));
        spill.settle();
        spill.close();
        spill = SpillFile.open(path, 1_000_000);
        assertEquals(List.of("line 2", "line 3"), Lines.texts(spill.oldest(1_000)));
        Line line = spill.oldest(1).get(0);
        assertEquals(Lines.of(2).timeNs(), line.timeNs());
        assertEquals("alert", line.kind());
        assertEquals(3, line.severity());
        assertEquals("1:kéy=", line.key());
        assertEquals(3, spill.lastSequence());
        spill.close();
    }

    /** A power cut leaves a part of a line, or of anything: all before it is whole, and writing goes on behind it. */
    @Test
    void isCutAtTheFirstDamage() throws IOException {
        SpillFile spill = SpillFile.open(path, 1_000_000);
        spill.append(Lines.of(1));
        spill.append(Lines.of(2));
        spill.close();
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, java.util.Arrays.copyOf(whole, length));
            spill = SpillFile.open(path, 1_000_000);
            assertTrue(spill.lines() <= 1);
            assertTrue(spill.append(Lines.of(9)));
            List<String> left = Lines.texts(spill.oldest(1_000));
            assertEquals(left.size() == 2 ? List.of("line 1", "line 9") : List.of("line 9"), left);
            spill.close();
        }
        whole[whole.length - 1] ^= 1;
        Files.write(path, whole);
        spill = SpillFile.open(path, 1_000_000);
        assertEquals(List.of("line 1"), Lines.texts(spill.oldest(1_000)));
        spill.close();
    }

    @Test
    void isBoundedAndUsesItsRoomAgain() throws IOException {
        SpillFile spill = SpillFile.open(path, 1_000);
        List<String> taken = new ArrayList<>();
        int next = 0;
        for (int round = 0; round < 100; round++) {
            while (spill.append(Lines.of(next))) {
                next++;
            }
            assertTrue(spill.waitingBytes() <= 1_000 && Files.size(path) <= 2_100);
            for (Line line : spill.oldest(40)) {
                taken.add(new String(line.bytes()));
                spill.remove(line);
            }
            spill.settle();
        }
        for (int i = 0; i < taken.size(); i++) {
            assertEquals("line " + i, taken.get(i));
        }
        spill.close();
        spill = SpillFile.open(path, 1_000);
        assertEquals("line " + taken.size(), Lines.texts(spill.oldest(1)).get(0));
        spill.close();
    }

    @Test
    void isOneRunsAloneAndGoneWhenNothingWaits() throws IOException {
        SpillFile spill = SpillFile.open(path, 1_000);
        assertThrows(IOException.class, () -> SpillFile.open(path, 1_000));
        spill.append(Lines.of(1));
        spill.remove(Lines.of(1));
        spill.settle();
        spill.close();
        assertFalse(Files.exists(path));
        SpillFile.open(path, 1_000).close();
    }
}
