/**
 * Control channels of FTP whose clients stand behind a translation of addresses, taken through two connections of the kernel's, so that a
 * command can name the address that the server sees (as OpenBSD's ftp-proxy does).
 */
package org.sandbar.proxy;
