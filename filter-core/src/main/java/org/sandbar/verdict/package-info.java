/**
 * What is decided: a rule that fired is an alert, so is a correlation that was completed, and the strongest action of its rules is a
 * flow's verdict.
 */
package org.sandbar.verdict;
