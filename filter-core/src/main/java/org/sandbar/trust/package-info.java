/**
 * Who is talking: evidence on each flow, weighed by a table that is data ({@code rules/trust.yaml}), and what is remembered of hosts
 * from flow to flow. Stage 2, one thread; every piece of state names its key, and is bounded and expired by it.
 */
package org.sandbar.trust;
