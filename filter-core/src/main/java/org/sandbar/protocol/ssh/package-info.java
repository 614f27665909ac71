/** SSH (RFC 4253): recognised by its version lines, which say what software speaks; what follows is encrypted and not read. */
package org.sandbar.protocol.ssh;
