package org.sandbar.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sandbar.engine.BuiltIn;
import org.sandbar.engine.CorrelatorSettings;
import org.sandbar.event.Signal;
import org.sandbar.rule.RuleException;
import org.sandbar.rule.RuleSet;
import org.sandbar.trust.Owners;
import org.sandbar.trust.Trust;
import org.sandbar.trust.TrustTable;
import org.sandbar.yaml.Fault;

/** What Sandbar decides by: the rules and the table of trust, loaded once, from the folder of the installation and what the user adds. */
record Knowledge(TrustTable trust, RuleSet rules) {
    private static final String TRUST_FILE = "trust.yaml";

    static Knowledge load(TrustTable trust, List<Path> ruleFiles, Settings settings) {
        return new Knowledge(trust, rules(ruleFiles, settings));
    }

    /** What stage 2 goes by. */
    CorrelatorSettings correlatorSettings(Owners owners, Settings settings) {
        return new CorrelatorSettings(BuiltIn.PROTOCOLS, trust, owners, rules, settings.limits(), settings.site());
    }

    /** The rules alone, with what the user decides over them. */
    static RuleSet rules(List<Path> ruleFiles, Settings settings) {
        try {
            return RuleSet.load(ruleFiles, BuiltIn.kinds(), settings.limits(), settings.tuning());
        } catch (RuleException wrong) {
            throw new Failure(ExitCode.FAILED, Fault.text(wrong.faults()));
        }
    }

    /** The table of trust alone, with what the user set. */
    static TrustTable trust(Settings settings) {
        List<Fault> faults = new ArrayList<>();
        TrustTable table = TrustTable.read(shippedRules().resolve(TRUST_FILE), signals(), faults);
        if (!faults.isEmpty()) {
            throw new Failure(ExitCode.FAILED, Fault.text(faults));
        }
        return settings.apply(table);
    }

    /** The names of all signals that can be stated. */
    static List<String> signals() {
        List<String> names = new ArrayList<>();
        for (Signal signal : Trust.signals()) {
            names.add(signal.name());
        }
        for (Signal signal : BuiltIn.signals()) {
            names.add(signal.name());
        }
        return names;
    }

    /** {@code $SANDBAR_HOME/rules}, or beside the archive that this class came in, or above it in a source tree. */
    static Path shippedRules() {
        String home = System.getProperty("sandbar.home", System.getenv("SANDBAR_HOME"));
        if (home != null) {
            return Path.of(home, "rules");
        }
        try {
            Path place = Path.of(Knowledge.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (Path folder = place.getParent(); folder != null; folder = folder.getParent()) {
                if (Files.isRegularFile(folder.resolve("rules").resolve(TRUST_FILE))) {
                    return folder.resolve("rules");
                }
            }
        } catch (URISyntaxException | RuntimeException unusual) {
            // Told below.
        }
        throw new Failure(
                ExitCode.FAILED, "the folder 'rules' was not found; set SANDBAR_HOME to the folder that holds it");
    }
}
