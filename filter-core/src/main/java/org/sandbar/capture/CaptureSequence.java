package org.sandbar.capture;

import java.util.List;

/** Captures read one after another, each opened when it is its turn. One thread. */
final class CaptureSequence implements PacketSource {
    private final List<Capture> captures;
    private int next;
    private CaptureReader reader;

    CaptureSequence(List<Capture> captures) {
        this.captures = captures;
    }

    @Override
    public boolean read(PacketBatch batch) {
        while (reader != null || next < captures.size()) {
            if (reader == null) {
                reader = captures.get(next++).open();
            }
            boolean any = false;
            try {
                any = reader.read(batch);
            } finally {
                if (!any) {
                    closeReader();
                }
            }
            if (any) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long totalBytes() {
        boolean unknown = captures.stream().anyMatch(capture -> capture.bytes() == Capture.UNKNOWN_BYTES);
        return unknown
                ? Capture.UNKNOWN_BYTES
                : captures.stream().mapToLong(Capture::bytes).sum();
    }

    @Override
    public void close() {
        closeReader();
        for (; next < captures.size(); next++) {
            if (captures.get(next) instanceof Capture.Opened stream) {
                stream.reader().close();
            }
        }
    }

    private void closeReader() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
