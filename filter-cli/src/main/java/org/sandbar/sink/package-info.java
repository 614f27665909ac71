/**
 * Where complete lines of a format go: files, TCP, UDP, TLS and syslog, each with a thread, a bounded backlog and a spill file of its
 * own, so that nothing is lost without being counted.
 */
package org.sandbar.sink;
