/**
 * Mail: submission and delivery (SMTP, RFC 5321), and reading (IMAP, RFC 9051; POP3, RFC 1939), recognised by the server's greeting and the
 * client's first command; what follows is not read.
 */
package org.sandbar.protocol.mail;
