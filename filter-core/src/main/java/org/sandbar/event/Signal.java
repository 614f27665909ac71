package org.sandbar.event;

/**
 * A piece of evidence that stage 1 can state about who is talking, by the name that the table of weights ({@code rules/trust.yaml})
 * gives it.
 */
public record Signal(String name, String meaning) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Signal that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
