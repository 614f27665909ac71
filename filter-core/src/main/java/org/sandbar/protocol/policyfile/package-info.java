/**
 * The policies that browser plugins ask for before they open a socket: 22 bytes from Silverlight, 23 with a NUL from Flash and Unity, and
 * the XML that comes back, on any port, with what it grants held against where the client then connects to; and Silverlight's multicast
 * policy protocol.
 */
package org.sandbar.protocol.policyfile;
