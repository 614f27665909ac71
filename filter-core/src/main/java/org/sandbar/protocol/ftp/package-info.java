/**
 * The FTP control channel (RFC 959 and what extends it): recognised by content on any port, told as one {@code ftp} event a command
 * with its replies, with the endpoint that it announces and what an active filter on the way should have thought of that.
 */
package org.sandbar.protocol.ftp;
