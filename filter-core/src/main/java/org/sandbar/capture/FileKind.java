package org.sandbar.capture;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sandbar.bytes.Ascii;
import org.sandbar.bytes.Bytes;

/**
 * What the first bytes of a file say that it is: a capture, a compressed stream, or something else, with the words for the user and
 * what can be done about it (empty where nothing can). The name of a file says nothing. Immutable.
 */
record FileKind(Family family, String description, String remedy) {
    enum Family {
        PCAP,
        PCAPNG,
        GZIP,
        ZSTD,
        OTHER
    }

    /** So many first bytes are enough to tell. */
    static final int HEAD_BYTES = 512;

    private static final int ZSTD_MAGIC = 0xfd2fb528;
    private static final int ZSTD_SKIPPABLE = 0x184d2a50;
    private static final String CONVERT = "convert it with: editcap -F pcapng FILE FILE.pcapng";
    private static final String UNPACK = "unpack it first";

    private static final FileKind PCAP = new FileKind(Family.PCAP, "pcap", "");
    private static final FileKind PCAPNG = new FileKind(Family.PCAPNG, "pcapng", "");
    private static final FileKind GZIP = new FileKind(Family.GZIP, "gzip data", UNPACK);
    private static final FileKind ZSTD = new FileKind(Family.ZSTD, "zstd data", UNPACK);
    private static final FileKind EMPTY = other("an empty file", "");
    private static final FileKind TEXT =
            other("text", "if it is a hex dump, convert it with: text2pcap FILE FILE.pcapng");
    private static final FileKind UNKNOWN = other("unknown binary data", "");

    private record Beginning(byte[] bytes, FileKind kind) {
        static Beginning of(String latin1, String description, String remedy) {
            return new Beginning(latin1.getBytes(StandardCharsets.ISO_8859_1), other(description, remedy));
        }
    }

    private static final List<Beginning> OTHERS = List.of(
            Beginning.of("snoop\0\0\0", "a snoop capture", CONVERT),
            Beginning.of("btsnoop\0", "a Bluetooth snoop capture", CONVERT),
            Beginning.of("GMBU", "a Network Monitor capture", CONVERT),
            Beginning.of("RTSS", "a Network Monitor capture", CONVERT),
            Beginning.of("TRSNIFF data", "a Sniffer capture", CONVERT),
            Beginning.of("XCP\0", "a NetXRay capture", CONVERT),
            Beginning.of("iptrace ", "an AIX iptrace capture", CONVERT),
            Beginning.of("PK\3\4", "a zip archive", UNPACK),
            Beginning.of("BZh", "bzip2 data", UNPACK),
            Beginning.of("\u00fd7zXZ", "xz data", UNPACK),
            Beginning.of("\4\"M\30", "lz4 data", UNPACK),
            Beginning.of("7z\u00bc\u00af", "a 7z archive", UNPACK),
            Beginning.of("\u007fELF", "a program", ""),
            Beginning.of("%PDF", "a PDF document", ""),
            Beginning.of("\u0089PNG", "an image", ""),
            Beginning.of("SQLite format 3", "a database", ""),
            Beginning.of("{", "JSON", ""),
            Beginning.of("[", "JSON", ""),
            Beginning.of("<", "HTML or XML", ""));

    private static FileKind other(String description, String remedy) {
        return new FileKind(Family.OTHER, description, remedy);
    }

    /** What a file is that begins with {@code head}; a file that ends within its magic number may be of that kind. */
    static FileKind of(byte[] head) {
        if (head.length == 0) {
            return EMPTY;
        }
        if (head.length >= 4) {
            int magic = Bytes.i32(head, 0);
            if (Pcap.isMagic(magic) || Pcap.isMagic(Integer.reverseBytes(magic))) {
                return PCAP;
            }
            boolean longEnough = head.length >= Pcapng.BYTE_ORDER_AT + 4;
            if (magic == Pcapng.SECTION && (!longEnough || Pcapng.isByteOrder(head, Pcapng.BYTE_ORDER_AT))) {
                return PCAPNG;
            }
            int little = Integer.reverseBytes(magic);
            if (little == ZSTD_MAGIC || (little & ~0xf) == ZSTD_SKIPPABLE) {
                return ZSTD;
            }
        }
        if (head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            return GZIP;
        }
        for (Beginning beginning : OTHERS) {
            if (Ascii.startsWith(head, 0, head.length, beginning.bytes)) {
                return beginning.kind;
            }
        }
        return isText(head) ? TEXT : UNKNOWN;
    }

    boolean isCompressed() {
        return family == Family.GZIP || family == Family.ZSTD;
    }

    /** What this compressed stream is, which decompresses to {@code head}, whole or up to a fault. */
    FileKind ofContent(byte[] head, boolean faulty) {
        if (faulty && head.length == 0) {
            return other(description + " that is cut short or damaged", "fetch it again");
        }
        FileKind content = of(head);
        return new FileKind(content.family, description + " of " + content.description, content.remedy);
    }

    private static boolean isText(byte[] head) {
        for (byte letter : head) {
            if (letter >= 0 && letter < ' ' && letter != '\t' && letter != '\n' && letter != '\r') {
                return false;
            }
        }
        // The last character may be cut off: malformed only where more bytes are there than a character has.
        ByteBuffer bytes = ByteBuffer.wrap(head);
        boolean malformed = StandardCharsets.UTF_8
                .newDecoder()
                .decode(bytes, CharBuffer.allocate(head.length), false)
                .isError();
        return !malformed;
    }
}
