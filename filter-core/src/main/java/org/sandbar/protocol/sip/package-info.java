/**
 * SIP, RFC 3261, over UDP and TCP, with the session descriptions in it (RFC 8866): transactions, and the endpoints that genuine messages
 * announce.
 */
package org.sandbar.protocol.sip;
