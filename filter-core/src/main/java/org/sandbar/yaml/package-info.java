/**
 * What people write for the program to read: rules, weights, configuration. YAML as a small tree that knows where everything stands,
 * so that each fault is told with its line and column, all faults of a file at once.
 */
package org.sandbar.yaml;
