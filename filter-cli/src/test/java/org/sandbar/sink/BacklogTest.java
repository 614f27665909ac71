package org.sandbar.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BacklogTest {
    private static final Destination.Batch BATCH = new Destination.Batch(400, 0);

    @TempDir
    private Path folder;

    /** Whatever goes to disk meanwhile, and however often a batch fails, the order is that in which lines came, over runs too. */
    @Test
    void keepsTheOrderOverMemoryDiskAndRuns() throws IOException {
        Random random = new Random(4_502);
        List<String> arrived = new ArrayList<>();
        int added = 0;
        for (int run = 0; run < 20; run++) {
            Backlog backlog = new Backlog(1_000, SpillFile.open(folder.resolve("x"), 10_000_000), BATCH, false);
            for (int step = 0; step < 200; step++) {
                int most = random.nextInt(20);
                for (int i = 0; i < most; i++) {
                    assertTrue(backlog.add(Lines.of(added++)));
                }
                if (backlog.lines() > 0) {
                    List<Line> batch = backlog.oldest();
                    for (int i = 0; i < random.nextInt(30); i++) {
                        assertTrue(backlog.add(Lines.of(added++)));
                    }
                    if (random.nextInt(3) == 0) {
                        backlog.setDown();
                    } else {
                        backlog.sent(batch);
                        arrived.addAll(Lines.texts(batch));
                    }
                }
            }
            assertEquals(0, backlog.close());
        }
        assertTrue(arrived.size() > 10_000);
        for (int i = 0; i < arrived.size(); i++) {
            assertEquals("line " + i, arrived.get(i));
        }
    }

    @Test
    void theImpatientLoseTheNewestWhereThereIsNoRoom() throws IOException {
        Backlog backlog = new Backlog(300, SpillFile.open(folder.resolve("x"), 200), BATCH, false);
        int taken = 0;
        while (backlog.add(Lines.of(taken))) {
            taken++;
        }
        assertTrue(backlog.spilled() > 0);
        backlog.end();
        List<String> arrived = new ArrayList<>();
        for (List<Line> batch = backlog.oldest(); !batch.isEmpty(); batch = backlog.oldest()) {
            arrived.addAll(Lines.texts(batch));
            backlog.sent(batch);
        }
        assertEquals(taken, arrived.size());
        assertEquals("line 0", arrived.get(0));
        backlog.close();
    }

    /** Who waits for a destination that is slow does not fill the disk; for one that is down it does, as far as that goes. */
    @Test
    void thePatientWaitForRoom() throws Exception {
        Backlog backlog = new Backlog(300, SpillFile.open(folder.resolve("x"), 100_000), BATCH, true);
        Thread adder = new Thread(() -> {
            for (int i = 0; i < 100; i++) {
                backlog.add(Lines.of(i));
            }
        });
        adder.start();
        adder.join(200);
        assertTrue(adder.isAlive() && backlog.spilled() == 0);
        backlog.setDown();
        adder.join();
        assertEquals(100, backlog.lines());
        assertTrue(backlog.spilled() > 0);
        backlog.close();
    }

    @Test
    void nobodyWaitsWhereTheRunIsToEnd() throws Exception {
        Backlog backlog = new Backlog(300, null, BATCH, true);
        boolean[] refused = {false};
        Thread adder = new Thread(() -> {
            while (backlog.add(Lines.of(1))) {
                // Until there is no room.
            }
            refused[0] = true;
        });
        adder.start();
        adder.join(100);
        assertFalse(refused[0]);
        backlog.hurry();
        adder.join();
        assertTrue(refused[0]);
        assertTrue(backlog.close() > 0);
    }
}
