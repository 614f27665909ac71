package org.sandbar.bench.mix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a mix for other tools to be measured with: the capture goes to a file, the truth to standard output. */
@Command(
        name = "make-mix",
        mixinStandardHelpOptions = true,
        description = "Makes a traffic mix as a pcap file and prints the truth about it.")
public final class MakeMix implements Callable<Integer> {
    @Mixin
    private MixOptions wanted;

    @Option(
            names = "--reordered",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "of pairs of segments, 0 to 1")
    private double reordered;

    @Option(names = "--duplicated", paramLabel = "SHARE", defaultValue = "0", description = "of segments, 0 to 1")
    private double duplicated;

    @Option(names = "--lost", paramLabel = "SHARE", defaultValue = "0", description = "of segments, 0 to 1")
    private double lost;

    @Parameters(paramLabel = "FILE", description = "the capture to write")
    private Path file;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MakeMix()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        TrafficMix mix = new TrafficMix(
                wanted.packets(), wanted.seed(), wanted.concurrent(), wanted.only(), reordered, duplicated, lost);
        mix.write(file).lines().forEach(System.out::println);
        return 0;
    }
}
