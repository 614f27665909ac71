package org.sandbar.capture.live;

import com.sun.jna.Native;
import org.sandbar.capture.live.CannotWatch.Cause;

/** The native libraries that watching and deciding need, looked for before the first is used, so that the user is told which is missing and why. */
final class NativeParts {
    private NativeParts() {}

    /** @throws CannotWatch where one cannot be loaded */
    static void require() {
        requireJna();
        try {
            LibPcap.pcap_lib_version();
        } catch (LinkageError missing) {
            throw new CannotWatch(
                    Cause.MACHINE,
                    "an interface is watched by libpcap, which cannot be loaded; apt-get install libpcap0.8");
        }
    }

    /** The same for deciding packets. */
    static void requireQueue() {
        requireJna();
        try {
            LibQueue.load();
        } catch (LinkageError missing) {
            throw new CannotWatch(
                    Cause.MACHINE,
                    "packets are decided by libnetfilter_queue, which cannot be loaded; apt-get install libnetfilter-queue1");
        }
    }

    /** Its own library is unpacked into a folder for temporary files, and some of those do not allow programs. */
    private static void requireJna() {
        try {
            Native.isSupportedNativeType(int.class);
        } catch (LinkageError unloadable) {
            String reason =
                    String.valueOf(unloadable.getMessage()).lines().findFirst().orElse("");
            throw new CannotWatch(
                    Cause.MACHINE,
                    "the native part of JNA cannot be loaded (" + reason + "); where its folder is mounted noexec, name"
                            + " another: SANDBAR_JAVA_OPTIONS=-Djna.tmpdir=FOLDER");
        }
    }
}
