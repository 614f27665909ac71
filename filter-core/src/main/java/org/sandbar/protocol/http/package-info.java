/**
 * HTTP/1.x (RFC 9112): requests paired with their responses, one event for each. Heads are read in place, line by line; bodies are
 * skipped by count and never seen. {@link org.sandbar.protocol.http.HttpAnalyzer} joins the two directions, each of which is a state
 * machine over lines; what a head says about length, names, ports and agents is judged in a class of its own.
 */
package org.sandbar.protocol.http;
