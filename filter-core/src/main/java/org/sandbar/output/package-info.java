/** How events and alerts are written: EVE JSON for machines, one line an alert for people. */
package org.sandbar.output;
