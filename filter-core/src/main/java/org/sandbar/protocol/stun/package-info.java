/**
 * STUN (RFC 8489, and RFC 3489 without a cookie), TURN over UDP and TCP (RFC 8656, RFC 6062), and ICE's checks (RFC 8445, RFC 6544),
 * with what shares their flow: DTLS, SRTP, ZRTP and channels (RFC 7983). One event for each kind of transaction and each peer.
 */
package org.sandbar.protocol.stun;
