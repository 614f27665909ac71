/**
 * Models of the active filters that stand on a packet's way: what each would open for it. They see what a filter sees, single packets
 * in the order of their arrival with what is repeated and what is forged among them, and never the reassembled stream.
 */
package org.sandbar.alg;
