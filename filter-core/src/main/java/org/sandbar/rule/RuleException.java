package org.sandbar.rule;

import java.util.List;
import org.sandbar.yaml.Fault;

/** Rules that cannot be used, with every fault of every file. The message is for the user: each fault at its place. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public RuleException(List<Fault> faults) {
        super(Fault.text(faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** Throws the errors, if there are any. */
    static void throwIfAny(List<Fault> faults) {
        List<Fault> errors = faults.stream().filter(Fault::isError).toList();
        if (!errors.isEmpty()) {
            throw new RuleException(errors);
        }
    }

    public List<Fault> faults() {
        return faults;
    }
}
