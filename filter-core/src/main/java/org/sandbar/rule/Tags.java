package org.sandbar.rule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlNode;
import org.sandbar.yaml.YamlScalar;

/**
 * What a rule's tags may be: a namespace, a dot and a name, as Sigma has it; in the namespaces of ATT&CK, CAPEC, CWE and CVE, names as
 * these have them. What there is of ATT&CK stands in a list of one version, and so what is missing there is only worth a warning.
 */
final class Tags {
    private static final String ATTACK = "attack.";
    private static final String VERSION = "18.1";
    private static final Pattern FORM = Pattern.compile("[a-z0-9_-]+\\.[a-z0-9._-]*[a-z0-9_-]");
    private static final Pattern NUMBERED = Pattern.compile("(capec|cwe)\\.[1-9][0-9]{0,4}|cve\\.[0-9]{4}-[0-9]{4,}");
    private static final Pattern TECHNIQUE_LIKE = Pattern.compile("attack\\.t[0-9].*");
    private static final Pattern TECHNIQUE = Pattern.compile("attack\\.t[0-9]{4}(\\.[0-9]{3})?");
    private static final Pattern GROUP_OR_SOFTWARE = Pattern.compile("attack\\.([gsc]|ta)[0-9]{4}");

    private Tags() {}

    /** Tells a tag that has not the form that its namespace wants. */
    static void checkForm(YamlNode node) {
        String tag = node instanceof YamlScalar scalar ? scalar.text() : "";
        String namespace = tag.substring(0, Math.max(0, tag.indexOf('.')));
        if (!FORM.matcher(tag).matches()) {
            node.fault("a tag must be a lower-case namespace, a dot and a name, such as attack.t1090");
        } else if (TECHNIQUE_LIKE.matcher(tag).matches()
                && !TECHNIQUE.matcher(tag).matches()) {
            node.fault("a technique must be t and four digits, such as attack.t1090 or attack.t1090.001, not '" + tag
                    + "'");
        } else if (List.of("capec", "cwe", "cve").contains(namespace)
                && !NUMBERED.matcher(tag).matches()) {
            node.fault("a tag of " + namespace + " must be such as "
                    + (namespace.equals("cve") ? "cve.2021-44228" : namespace + ".300") + ", not '" + tag + "'");
        }
    }

    /** Warns of tags of ATT&CK that are not there, or no more, and of tags that stand twice. */
    static void warn(List<YamlNode> tags) {
        List<String> listed = attack();
        Set<String> seen = new HashSet<>();
        for (YamlNode node : tags) {
            String tag = node instanceof YamlScalar scalar ? scalar.text() : "";
            boolean technique = TECHNIQUE.matcher(tag).matches();
            boolean malformed = !technique && TECHNIQUE_LIKE.matcher(tag).matches();
            if (!seen.add(tag)) {
                node.warn("the tag '" + tag + "' stands here twice");
            } else if (listed.contains('-' + tag)) {
                node.warn("'" + tag + "' is revoked or deprecated in ATT&CK " + VERSION);
            } else if (tag.startsWith(ATTACK)
                    && !malformed
                    && !GROUP_OR_SOFTWARE.matcher(tag).matches()
                    && !listed.contains(tag)) {
                node.warn("ATT&CK Enterprise " + VERSION + " has no '" + tag + "'"
                        + (technique ? "" : Spelling.hint(tag, listed)));
            }
        }
    }

    /** As tags, with a hyphen before those that are of the past. */
    static List<String> attack() {
        String name = "attack-" + VERSION + ".txt";
        try (InputStream in = Tags.class.getResourceAsStream(name)) {
            List<String> tags = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("-")) {
                    tags.add('-' + ATTACK + line.substring(1));
                } else if (!line.startsWith("#")) {
                    tags.add(ATTACK + line);
                }
            }
            return tags;
        } catch (IOException broken) {
            throw new IllegalStateException(name, broken);
        }
    }
}
