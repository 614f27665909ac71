/** OpenBSD's proxy that opens holes in {@code pf}: {@code usr.sbin/ftp-proxy}, as of revision 1.39 of 2021. */
package org.sandbar.alg.ftpproxy;
