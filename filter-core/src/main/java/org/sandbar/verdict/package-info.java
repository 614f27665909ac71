/** What is decided: a rule that fired is an alert, and the strongest action of its rules is a flow's verdict. */
package org.sandbar.verdict;
