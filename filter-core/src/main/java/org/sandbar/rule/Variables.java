package org.sandbar.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sandbar.yaml.Spelling;
import org.sandbar.yaml.YamlScalar;

/**
 * Lists that a team names once, for rules to use as {@code %NAME%} in values behind Sigma's {@code |expand}: networks, ports and their
 * ranges, words. What a value is good for is seen where it is used. Immutable, any thread.
 */
public record Variables(SortedMap<String, List<String>> values) {
    public static final String HOME_NET = "HOME_NET";

    /**
     * What rules may rely on, whatever the user says: addresses that nobody routes to from elsewhere, and no FTP server that is trusted.
     */
    public static final Variables USUAL = new Variables(new TreeMap<>(Map.of(
            HOME_NET,
            List.of(
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "127.0.0.0/8",
                    "fc00::/7",
                    "fe80::/10",
                    "::1"),
            "TRUSTED_FTP",
            List.of())));

    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?<!\\\\)%(\\w+)%");

    public Variables {
        values = Collections.unmodifiableSortedMap(values);
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** These, and others in place of those of the same name. */
    public Variables with(Map<String, List<String>> others) {
        SortedMap<String, List<String>> all = new TreeMap<>(values);
        all.putAll(others);
        return new Variables(all);
    }

    /**
     * The value with its placeholders replaced, once for each value of the variable that it names; where it names several, for each
     * combination. Null where a variable is unknown, or none is named, and the fault is told. {@code \%} is a per cent sign.
     */
    List<YamlScalar> expand(YamlScalar written) {
        String text = written.text();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        List<StringBuilder> texts = List.of(new StringBuilder());
        int at = 0;
        while (placeholder.find()) {
            List<String> known = values.get(placeholder.group(1));
            if (known == null) {
                tellUnknown(placeholder.group(1), placeholder.start(), written);
                return null;
            }
            texts = combine(texts, text.substring(at, placeholder.start()), known);
            at = placeholder.end();
        }
        if (at == 0) {
            written.fault("'|expand' finds no variable here; write it as %NAME%");
            return null;
        }
        List<YamlScalar> expanded = new ArrayList<>();
        for (StringBuilder beginning : texts) {
            String whole = beginning.append(text, at, text.length()).toString();
            expanded.add(written.as(whole.replace("\\%", "%")));
        }
        return expanded;
    }

    private void tellUnknown(String name, int at, YamlScalar written) {
        String nearest = Spelling.nearest(name, List.copyOf(values.keySet()));
        String remedy = nearest == null
                ? "; set variables." + name + " in a configuration"
                : ": did you mean '" + nearest + "'?";
        written.faultAt(at, "unknown variable '" + name + "'" + remedy);
    }

    private static List<StringBuilder> combine(List<StringBuilder> beginnings, String between, List<String> known) {
        List<StringBuilder> longer = new ArrayList<>(beginnings.size() * known.size());
        for (StringBuilder beginning : beginnings) {
            for (String value : known) {
                longer.add(new StringBuilder(beginning).append(between).append(value));
            }
        }
        return longer;
    }
}
