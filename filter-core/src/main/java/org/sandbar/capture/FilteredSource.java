package org.sandbar.capture;

import java.net.Inet4Address;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * A source of which only the packets are looked at that a filter expression of tcpdump's lets through; the others keep their ordinals
 * and are passed over. libpcap compiles the expression, once for each link type, and runs it: this path is for choosing, not for speed.
 * One thread. Syntax: pcap-filter(7).
 */
public final class FilteredSource implements PacketSource {
    /** The filter cannot be used: the library is missing, as against an expression that is wrong. */
    public static final class LibraryMissing extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LibraryMissing(String message) {
            super(message, null, false, false);
        }
    }

    private static final int LONGEST_PACKET = 262_144;

    private final PacketSource source;
    private final String expression;
    private final Map<Integer, BpfProgram> programs = new HashMap<>();
    private byte[] packet = new byte[1 << 11];

    /**
     * Compiles the expression for Ethernet, so that what is wrong with it is known before anything is read.
     *
     * @throws CaptureException where the expression is wrong; the message is libpcap's
     * @throws LibraryMissing where libpcap cannot be loaded; the message names the remedy
     */
    public FilteredSource(PacketSource source, String expression) {
        this.source = source;
        this.expression = expression;
        programs.put(LinkType.ETHERNET, compile(LinkType.ETHERNET));
    }

    private BpfProgram compile(int linkType) {
        // Files and kernels number raw IP differently.
        int kernelsNumber = linkType == LinkType.RAW ? LinkType.RAW_BSD : linkType;
        try (PcapHandle handle = Pcaps.openDead(new DataLinkType(kernelsNumber, "link"), LONGEST_PACKET)) {
            Inet4Address noNetmask = (Inet4Address) Inet4Address.getByAddress(new byte[4]);
            return handle.compileFilter(expression, BpfCompileMode.OPTIMIZE, noNetmask);
        } catch (PcapNativeException wrong) {
            throw new CaptureException("the filter '" + expression + "' is not valid: " + wrong.getMessage());
        } catch (NotOpenException | UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        } catch (LinkageError missing) {
            throw new LibraryMissing("a filter needs libpcap, which cannot be loaded (" + missing.getMessage()
                    + "); install the package libpcap0.8, or leave -f out");
        }
    }

    @Override
    public boolean read(PacketBatch batch) {
        boolean more = source.read(batch);
        for (int row = 0; row < batch.count(); row++) {
            if (!passes(batch, row)) {
                batch.passOver(row);
            }
        }
        return more;
    }

    private boolean passes(PacketBatch batch, int row) {
        int length = batch.capturedLength[row];
        if (packet.length < length) {
            packet = new byte[Math.max(length, 2 * packet.length)];
        }
        System.arraycopy(batch.buffer, batch.offset[row], packet, 0, length);
        return programs.computeIfAbsent(batch.linkType[row], this::compile)
                .applyFilter(packet, batch.wireLength[row], length);
    }

    @Override
    public long totalBytes() {
        return source.totalBytes();
    }

    @Override
    public void close() {
        programs.values().forEach(BpfProgram::free);
        programs.clear();
        source.close();
    }
}
