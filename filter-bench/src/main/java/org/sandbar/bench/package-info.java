/** What Sandbar costs: JMH micro-benchmarks, and a harness that runs the whole program on traffic of known truth. */
package org.sandbar.bench;
