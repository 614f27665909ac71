package org.sandbar.capture;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All that came out of a source: its packets, where its batches ended, and its complaints. For tests. */
record Reading(List<Row> packets, List<Integer> batchEnds, List<String> complaints, long sourceBytes) {
    static final int BATCH_BYTES = 1 << 17;

    /** A packet by value. */
    record Row(long ordinal, long timeNs, int linkType, int wireLength, List<Byte> data) {}

    static Reading of(byte[] bytes) {
        return of(new ByteArrayInputStream(bytes), BATCH_BYTES);
    }

    static Reading of(InputStream stream, int batchBytes) {
        PacketSource source;
        try {
            source = Captures.open(List.of("-"), stream);
        } catch (CaptureException refused) {
            return new Reading(List.of(), List.of(), List.of(refused.getMessage()), 0);
        }
        return of(source, batchBytes);
    }

    static Reading of(PacketSource source, int batchBytes) {
        Reading reading = new Reading(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0);
        PacketBatch batch = new PacketBatch(batchBytes);
        long sourceBytes = 0;
        boolean more = true;
        while (more) {
            batch.clear(reading.packets.size() + 1);
            try {
                more = source.read(batch);
            } catch (CaptureException complaint) {
                reading.complaints.add(complaint.getMessage());
                if (batch.count() != 0) {
                    throw new AssertionError("an exception together with packets");
                }
            }
            reading.take(batch);
            sourceBytes += batch.sourceBytes();
        }
        source.close();
        return new Reading(reading.packets, reading.batchEnds, reading.complaints, sourceBytes);
    }

    private void take(PacketBatch batch) {
        for (int i = 0; i < batch.count(); i++) {
            int from = batch.offset[i];
            List<Byte> data = new ArrayList<>();
            for (byte value : Arrays.copyOfRange(batch.buffer, from, from + batch.capturedLength[i])) {
                data.add(value);
            }
            packets.add(
                    new Row(batch.firstOrdinal() + i, batch.timeNs[i], batch.linkType[i], batch.wireLength[i], data));
        }
        if (batch.count() > 0) {
            batchEnds.add(packets.size());
        }
    }

    List<Long> times() {
        return packets.stream().map(Row::timeNs).toList();
    }

    String complaint() {
        if (complaints.size() != 1) {
            throw new AssertionError("not one complaint but " + complaints);
        }
        return complaints.get(0);
    }
}
