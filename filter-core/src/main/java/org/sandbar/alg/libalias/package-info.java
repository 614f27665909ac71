/** FreeBSD's NAT as {@code ipfw}, {@code natd} and {@code ppp} use it: {@code sys/netinet/libalias}, as of FreeBSD 14. */
package org.sandbar.alg.libalias;
