/**
 * From TCP segments to bytes in order: out-of-order, repeated, overlapping and lost ones, the first bytes seen win, and what is
 * missing is said. Bytes that nobody asked for are counted, not kept.
 */
package org.sandbar.stream;
