/**
 * The kernel's look into H.323 calls: registration (RAS), call signalling (Q.931 with H.225.0's user-to-user element) and media control
 * (H.245), with as much of packed encoding rules as it has ({@code net/netfilter/nf_conntrack_h323_*.c}).
 */
package org.sandbar.alg.linux.h323;
