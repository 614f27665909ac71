/** The connection tracking modules of the Linux kernel that read payload: {@code net/netfilter/nf_conntrack_*.c}, as of 6.18. */
package org.sandbar.alg.linux;
