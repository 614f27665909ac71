package org.sandbar.protocol.ftp;

import java.util.Locale;
import java.util.Set;

/** Who the client is to the server, as far as its replies said so (RFC 959 section 5.4). One flow, one thread. */
final class Login {
    private static final Set<String> GUESTS = Set.of("anonymous", "ftp", "ftpuser", "guest");

    /** Null where it is not known: joined in mid-stream, or behind encryption. */
    private Boolean done;

    private String user;

    /** Nothing is known any more. */
    void forget() {
        done = null;
        user = null;
    }

    void begin() {
        done = false;
        user = null;
    }

    /** Something was missed: a login may be among it. */
    void doubt() {
        if (Boolean.FALSE.equals(done)) {
            done = null;
        }
    }

    /** Follows a command and its final reply; true where that completed a login. */
    boolean follow(Verb verb, String argument, int code) {
        if (code == 530 && done == null) {
            done = false;
        }
        boolean completed = code == 230 || code == 232;
        if (verb == null) {
            // The command is missing, the acceptance is not.
            done = completed ? Boolean.TRUE : done;
            return false;
        }
        switch (verb) {
            case USER -> {
                if (completed || code == 331 || code == 332) {
                    user = argument;
                    done = completed;
                }
            }
            case PASS, ACCT -> {
                completed |= code == 202;
                if (completed && user == null && Boolean.FALSE.equals(done)) {
                    // Nobody said who he is: a page's request can look like a password, and a server of its own accept
                    // it.
                    return false;
                }
                if (completed) {
                    done = true;
                }
            }
            case REIN -> {
                if (code == 220) {
                    begin();
                }
                return false;
            }
            default -> {
                return false;
            }
        }
        return completed;
    }

    Boolean isDone() {
        return done;
    }

    String user() {
        return user;
    }

    Boolean isAnonymous() {
        return user == null ? null : GUESTS.contains(user.toLowerCase(Locale.ROOT));
    }
}
