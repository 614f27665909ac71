/**
 * DNS over UDP and TCP (RFC 1035, RFC 7766), recognised by the shape of its messages on any port. What is told is which addresses a name
 * was given, and that only where it was asked for.
 */
package org.sandbar.protocol.dns;
