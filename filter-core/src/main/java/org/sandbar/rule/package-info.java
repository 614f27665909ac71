/**
 * Detectors state facts; rules decide. A rule is a file in Sigma's format; it is read and checked as a whole, with every fault at its
 * place, and compiled once for each kind of event that it looks at; a correlation, a rule about what other rules match, once all are
 * read. What a rule that fired leads to is not decided here.
 */
package org.sandbar.rule;
