package org.sandbar.alg.linux.h323;

/** What a decoded value is to the kernel. */
enum Role {
    NONE,
    /** Where media control is spoken. */
    H245_ADDRESS,
    /** Where the call is forwarded to. */
    ALTERNATIVE_ADDRESS,
    /** Why a Facility message came. */
    REASON,
    /** A logical channel is proposed. */
    CHANNEL,
    /** The protocol under T.120. */
    T120_STACK,
    /** Where media or their control are received. */
    MEDIA_ADDRESS,
    /** Where T.120 is spoken, of a proposed channel. */
    STACK_ADDRESS,
    /** Where T.120 is spoken, of an acknowledged channel. */
    AGREED_STACK_ADDRESS,
    /** H.245 inside of Q.931. */
    TUNNEL,
    /** Where a gatekeeper is asked. */
    GATEKEEPER_ADDRESS,
    /** Where an endpoint takes calls, as it registers itself. */
    REGISTERED_ADDRESS,
    /** Where calls are taken, as a gatekeeper admits them. */
    ADMITTED_ADDRESS,
    /** Where calls are taken, as a gatekeeper finds them. */
    FOUND_ADDRESS
}
