package org.sandbar.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Limits;
import org.sandbar.engine.BuiltIn;
import org.sandbar.engine.CorrelatorSettings;
import org.sandbar.event.Signal;
import org.sandbar.protocol.Site;
import org.sandbar.rule.RuleSet;
import org.sandbar.trust.Owners;
import org.sandbar.trust.Trust;
import org.sandbar.trust.TrustTable;
import org.sandbar.yaml.Fault;

/** The source tree that is measured: its launcher and its rules. */
record Installation(Path root) {
    /** The tree around the current folder, or the one that the property {@code sandbar.root} names. */
    static Installation here() {
        Path start = Path.of(System.getProperty("sandbar.root", "")).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("rules/trust.yaml"))) {
                return new Installation(folder);
            }
        }
        throw new IllegalStateException(
                "no rules/trust.yaml in " + start + " or above; start in Sandbar's source tree");
    }

    Path launcher() {
        return root.resolve("sandbar");
    }

    CorrelatorSettings correlatorSettings() {
        return new CorrelatorSettings(BuiltIn.PROTOCOLS, trust(), Owners.NONE, rules(), Limits.USUAL, Site.UNKNOWN);
    }

    RuleSet rules() {
        return RuleSet.load(List.of(root.resolve("rules")), BuiltIn.kinds(), Limits.USUAL);
    }

    TrustTable trust() {
        List<String> signals = new ArrayList<>();
        Trust.signals().forEach(signal -> signals.add(signal.name()));
        for (Signal signal : BuiltIn.signals()) {
            signals.add(signal.name());
        }
        List<Fault> faults = new ArrayList<>();
        TrustTable table = TrustTable.read(root.resolve("rules/trust.yaml"), signals, faults);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(Fault.text(faults));
        }
        return table;
    }
}
