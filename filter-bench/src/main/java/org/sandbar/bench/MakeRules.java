package org.sandbar.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes rules such as a team gathers by the thousand, for their cost to be measured: block lists of names, addresses and fingerprints,
 * marks of tools in requests and commands, expressions, thresholds. The words in them are made up, so hardly any fires.
 */
@Command(
        name = "make-rules",
        mixinStandardHelpOptions = true,
        description = "Writes generated Sigma rules into a folder, each in a file of its own.")
public final class MakeRules implements Callable<Integer> {
    private static final String[] SYLLABLES = {
        "ba", "cor", "de", "fin", "gu", "ha", "in", "jo", "ka", "lum", "mo", "nex", "or", "pi", "qua", "rul", "so",
        "tri", "ul", "va", "wi", "xe", "yo", "zan"
    };
    private static final List<String> AGENTS = List.of("Mozilla/4.0 (compatible; ", "python-", "Go-", "Wget/", "Java/");
    private static final List<String> TAGS =
            List.of("attack.t1071.001", "attack.t1090", "attack.t1046", "attack.t1041");
    private static final int FIRST_SID = 9_000_000;

    @Option(names = "--rules", paramLabel = "N", defaultValue = "1000", description = "how many (default: 1000)")
    private int rules;

    @Option(names = "--seed", defaultValue = "4502", description = "another seed, other rules (default: 4502)")
    private long seed;

    @Parameters(paramLabel = "FOLDER", description = "where they go; made where it is missing")
    private Path folder;

    private Random random;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MakeRules()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        random = new Random(seed);
        Files.createDirectories(folder);
        for (int i = 0; i < rules; i++) {
            String name = "generated-" + i;
            Files.writeString(folder.resolve(name + ".yaml"), rule(name, i));
        }
        return 0;
    }

    private String rule(String name, int number) {
        return """
                title: Generated %1$d
                id: %2$s
                name: %3$s
                status: experimental
                description: >-
                  Made up to be one of many: what it looks for is %4$s, which nobody says.
                references:
                  - https://%4$s.example/report/%1$d
                author: make-rules
                date: 2026-11-24
                tags:
                  - %5$s
                falsepositives:
                  - Whoever says %4$s
                level: low
                sandbar: {sid: %6$d}
                logsource:
                  product: sandbar
                %7$s""".formatted(
                        number,
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        name,
                        word(),
                        oneOf(TAGS),
                        FIRST_SID + number,
                        body(number % 16));
    }

    /** The service and the detection, of the kinds that real sets are made of. */
    private String body(int kind) {
        return switch (kind) {
            case 0, 1 -> of("http", "http.url|contains: [/" + word() + ".php?" + word() + "=, /" + word() + "/gate]");
            case 2 -> of("http", "http.http_user_agent: '" + oneOf(AGENTS) + word() + "'");
            case 3 -> of("http", "http.http_user_agent|contains: '" + oneOf(AGENTS) + word() + "'");
            case 4 -> of("http", "http.hostname|endswith: [." + word() + ".example, ." + word() + ".test]");
            case 5 -> of("http", "http.http_method: POST", "http.url|startswith: /" + word() + "/" + word());
            case 6 ->
                of("http", "http.url|re: '^/" + word() + "/[a-z0-9]{8,32}\\.(php|jsp|aspx)$'", "http.status: 200");
            case 7 -> of("http", "http.http_user_agent|re: '" + word() + "/[0-9]+\\.[0-9]+ \\((x11|win)'");
            case 8 -> of("http", "dest_ip|cidr: [" + network() + ", " + network() + "]", "http.status|gte: 400");
            case 9 -> of("tls", "tls.sni|endswith: [" + word() + ".example, ." + word() + ".test, " + word() + ".net]");
            case 10 -> of("tls", "tls.ja4: t13d" + hex(4) + "h2_" + hex(12) + "_" + hex(12));
            case 11 -> of("ftp", "ftp.command: STOR", "ftp.command_data|endswith: ." + word());
            case 12 -> of("ftp", "ftp.command: USER", "ftp.command_data: [" + word() + ", " + word() + "]");
            case 13 -> of("flow", "dest_port: " + (20_000 + random.nextInt(40_000)), "src_ip|cidr: " + network());
            case 14 -> of("flow", "dest_ip|cidr: " + network(), "flow.bytes_toserver|gt: " + random.nextInt(1 << 20));
            default -> of("http", "http.hostname: " + word() + ".example", "http.http_refer|contains: " + word());
        };
    }

    private static String of(String service, String... comparisons) {
        StringBuilder body = new StringBuilder("  service: " + service + "\ndetection:\n  selection:\n");
        for (String comparison : comparisons) {
            body.append("    ").append(comparison).append('\n');
        }
        return body + "  ours:\n    src_ip|cidr: 192.0.2.0/24\n  condition: selection and not ours\n";
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        for (int syllables = 3 + random.nextInt(3); syllables > 0; syllables--) {
            word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return word.toString();
    }

    private String network() {
        return "203." + random.nextInt(256) + "." + random.nextInt(256) + ".0/" + (16 + random.nextInt(9));
    }

    private String hex(int digits) {
        StringBuilder hex = new StringBuilder();
        while (hex.length() < digits) {
            hex.append(Integer.toHexString(random.nextInt(16)));
        }
        return hex.toString();
    }

    private String oneOf(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
