package org.sandbar.rule;

import java.time.Instant;
import java.util.List;
import org.sandbar.yaml.Fault;
import org.sandbar.yaml.YamlMap;

/**
 * What a team decides over its rules without touching them, as its configuration states it: the values of variables, and the sections
 * {@code rules} of its files, in their order, which are understood once the rules are known.
 *
 * @param now wall-clock time; a suppression that expired before it no longer applies
 * @param faults takes what is wrong with the sections, as their files' other faults
 */
public record Tuning(Variables variables, List<YamlMap> sections, Instant now, List<Fault> faults) {
    /** The rules as they are. */
    public static final Tuning NONE = new Tuning(Variables.USUAL, List.of(), Instant.EPOCH, List.of());
}
