/**
 * The socket policy exchange of browser plugins: 22 bytes from Silverlight, 23 with a NUL from Flash and Unity, and the XML that
 * comes back. On any port.
 */
package org.sandbar.protocol.policyfile;
