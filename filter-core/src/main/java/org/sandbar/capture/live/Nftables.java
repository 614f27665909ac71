package org.sandbar.capture.live;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.sandbar.capture.live.CannotWatch.Cause;

/**
 * libnftables: what {@code nft} does, without a process for each line. A line takes some hundred microseconds, and longer where the
 * ruleset is large. Kept as long as the process runs. One thread at a time.
 */
public final class Nftables {
    /** The functions, by their names in the library's manual. */
    private static final class Lib {
        static {
            Native.register(Lib.class, "nftables");
        }

        static native Pointer nft_ctx_new(int flags);

        static native int nft_ctx_buffer_error(Pointer context);

        static native String nft_ctx_get_error_buffer(Pointer context);

        static native int nft_run_cmd_from_buffer(Pointer context, String line);
    }

    private final Pointer context;

    private Nftables(Pointer context) {
        this.context = context;
    }

    /** @throws CannotWatch where the library is missing */
    public static Nftables open() {
        try {
            Nftables opened = new Nftables(Lib.nft_ctx_new(0));
            Lib.nft_ctx_buffer_error(opened.context);
            return opened;
        } catch (LinkageError missing) {
            throw new CannotWatch(
                    Cause.MACHINE,
                    "the kernel's rules are changed by libnftables, which cannot be loaded; apt-get install libnftables1");
        }
    }

    /** Does what the line says; says what went wrong, in a line, and nothing where nothing did. */
    public String run(String line) {
        if (Lib.nft_run_cmd_from_buffer(context, line) == 0) {
            return "";
        }
        return Lib.nft_ctx_get_error_buffer(context).lines().findFirst().orElse("refused");
    }
}
