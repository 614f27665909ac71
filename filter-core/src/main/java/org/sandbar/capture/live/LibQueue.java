package org.sandbar.capture.live;

import com.sun.jna.Native;

/** libnetfilter_queue, mapped directly, as {@link LibPcap} is; what the functions do is in its documentation. */
final class LibQueue {
    static final byte COPY_PACKET = 2;

    /** What a queue is told by flags: let pass what it has no room for, and hand over what is to be cut up later in one piece. */
    static final int FAIL_OPEN = 1;

    static final int WHOLE = 4;

    static final int DROP = 0;
    static final int ACCEPT = 1;

    static {
        Native.register(LibQueue.class, "netfilter_queue");
    }

    private LibQueue() {}

    /** @throws LinkageError where it is not there */
    static void load() {}

    static native long nfq_open();

    static native int nfq_close(long handle);

    static native int nfq_fd(long handle);

    static native long nfq_create_queue(long handle, short number, long callback, long data);

    static native int nfq_destroy_queue(long queue);

    static native int nfq_set_mode(long queue, byte mode, int bytes);

    static native int nfq_set_queue_maxlen(long queue, int packets);

    static native int nfq_set_queue_flags(long queue, int mask, int flags);

    /** Answers one packet; a mark of 0 is set too. */
    static native int nfq_set_verdict2(long queue, int id, int verdict, int mark, int length, long data);

    /** Answers every packet up to this one. */
    static native int nfq_set_verdict_batch2(long queue, int id, int verdict, int mark);
}
