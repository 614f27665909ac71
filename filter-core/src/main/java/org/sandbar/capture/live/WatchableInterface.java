package org.sandbar.capture.live;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.pcap4j.core.PcapAddress;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.Pcaps;
import org.sandbar.capture.live.CannotWatch.Cause;

/**
 * An interface that can be watched, as libpcap lists it.
 *
 * @param description what libpcap calls it, or null
 * @param addresses those of IPv4 and IPv6
 * @param state {@code up}, {@code no-carrier} or {@code down}
 * @param linkType libpcap's name of what its packets begin with, or null where that was not to be seen
 * @param unseen why it was not: one line for the user, or null
 */
public record WatchableInterface(
        String name, String description, List<InetAddress> addresses, String state, String linkType, String unseen) {

    /** The state in which nothing can be seen of its packets. */
    public static final String DOWN = "down";

    private static final String ALL_INTERFACES = "any";
    private static final LiveSettings GLANCE =
            new LiveSettings(null, 64, 1 << 16, false, false, Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * All network interfaces, by name, with the one of libpcap's that stands for all at the end.
     *
     * @throws CannotWatch where libpcap is missing, or cannot list them
     */
    public static List<WatchableInterface> all() {
        NativeParts.require();
        List<WatchableInterface> all = new ArrayList<>();
        try {
            for (PcapNetworkInterface known : Pcaps.findAllDevs()) {
                // It lists buses and queues too.
                if (known.getName().equals(ALL_INTERFACES)
                        || SystemInterfaces.index(known.getName()) != SystemInterfaces.NONE) {
                    all.add(of(known));
                }
            }
        } catch (PcapNativeException unlisted) {
            throw new CannotWatch(Cause.MACHINE, "interfaces cannot be listed: " + unlisted.getMessage());
        }
        all.sort((one, other) -> one.isAll() != other.isAll()
                ? Boolean.compare(one.isAll(), other.isAll())
                : one.name.compareTo(other.name));
        return all;
    }

    private boolean isAll() {
        return name.equals(ALL_INTERFACES);
    }

    private static WatchableInterface of(PcapNetworkInterface known) {
        List<InetAddress> addresses = new ArrayList<>();
        for (PcapAddress address : known.getAddresses()) {
            InetAddress ip = address.getAddress();
            if (ip != null) {
                addresses.add(ip);
            }
        }
        String linkType = null;
        String unseen = null;
        try (Device device = new Device(known.getName(), GLANCE)) {
            linkType = LibPcap.pcap_datalink_val_to_name(device.linkType());
        } catch (CannotWatch refused) {
            unseen = refused.getMessage();
        }
        return new WatchableInterface(
                known.getName(), known.getDescription(), addresses, state(known), linkType, unseen);
    }

    private static String state(PcapNetworkInterface known) {
        return !known.isUp() ? DOWN : known.isRunning() ? "up" : "no-carrier";
    }
}
