package org.sandbar.protocol.tls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a ClientHello says (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2), GREASE (RFC 8701) where it stands. Lists are as they came;
 * what is not there is empty, null or zero. Owns its values. Immutable, any thread.
 *
 * @param serverName the host name of server_name (RFC 6066), or null
 * @param firstAlpn bytes of the first protocol name (RFC 7301), or null
 * @param isWhole whether all of its lists were there, so that a fingerprint of it is one
 * @param faults what its structure has that it must not have, by name
 */
record ClientHello(
        int version,
        int[] ciphers,
        int[] extensions,
        int[] versions,
        int[] signatureAlgorithms,
        String serverName,
        byte[] firstAlpn,
        List<String> alpns,
        boolean isWhole,
        List<String> faults) {
    private static final String LENGTH_EXCEEDED = "length-exceeded";
    private static final String LENGTH_ODD = "length-odd";
    private static final String TRAILING_BYTES = "trailing-bytes";
    private static final String REPEATED_EXTENSION = "repeated-extension";

    private static final int RANDOM_BYTES = 32;
    private static final int HOST_NAME = 0;
    /** More than any program offers. */
    private static final int MOST_ALPNS = 16;

    static ClientHello read(VectorReader hello, int mostTextBytes) {
        return new Reading(mostTextBytes).read(hello);
    }

    /** RFC 8701 section 2. */
    static boolean isGrease(int number) {
        return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
    }

    static boolean hasGrease(int[] numbers) {
        for (int number : numbers) {
            if (isGrease(number)) {
                return true;
            }
        }
        return false;
    }

    boolean hasExtension(int extension) {
        for (int offered : extensions) {
            if (offered == extension) {
                return true;
            }
        }
        return false;
    }

    /** Takes a hello apart. */
    private static final class Reading {
        private final int mostTextBytes;
        private final List<String> faults = new ArrayList<>(0);
        private final List<String> alpns = new ArrayList<>(2);
        private int[] versions = {};
        private int[] signatureAlgorithms = {};
        private String serverName;
        private byte[] firstAlpn;
        private boolean whole = true;

        Reading(int mostTextBytes) {
            this.mostTextBytes = mostTextBytes;
        }

        ClientHello read(VectorReader hello) {
            int version = hello.u16();
            hello.skip(RANDOM_BYTES);
            hello.vector8();
            int[] ciphers = numbers(hello.vector16());
            hello.vector8();
            int[] extensions = hello.left() == 0 ? new int[0] : extensions(hello.vector16());
            judge(hello);
            return new ClientHello(
                    version,
                    ciphers,
                    extensions,
                    versions,
                    signatureAlgorithms,
                    serverName,
                    firstAlpn,
                    List.copyOf(alpns),
                    whole && !hello.isExceeded(),
                    List.copyOf(faults));
        }

        private int[] extensions(VectorReader list) {
            int[] types = new int[list.left() / 4];
            int count = 0;
            BitSet seen = new BitSet();
            while (list.left() >= 4) {
                int type = list.u16();
                VectorReader extension = list.vector16();
                if (seen.get(type)) {
                    fault(REPEATED_EXTENSION, true);
                } else {
                    extension(type, extension);
                }
                seen.set(type);
                types[count++] = type;
            }
            judge(list);
            whole = !list.isExceeded();
            return Arrays.copyOf(types, count);
        }

        private void extension(int type, VectorReader extension) {
            switch (type) {
                case Extension.SERVER_NAME -> serverName(extension);
                case Extension.ALPN -> alpns(extension);
                case Extension.SUPPORTED_VERSIONS -> versions = numbers(extension.vector8());
                case Extension.SIGNATURE_ALGORITHMS -> signatureAlgorithms = numbers(extension.vector16());
                default -> extension.skip(extension.left());
            }
            judge(extension);
        }

        /** RFC 6066 section 3: host names are the only kind there is. */
        private void serverName(VectorReader extension) {
            VectorReader names = extension.vector16();
            while (names.left() > 0) {
                int kind = names.u8();
                VectorReader name = names.vector16();
                if (kind == HOST_NAME && serverName == null && name.left() > 0) {
                    serverName = name.text(mostTextBytes);
                }
            }
            judge(names);
        }

        private void alpns(VectorReader extension) {
            VectorReader names = extension.vector16();
            while (names.left() > 0) {
                VectorReader name = names.vector8();
                if (firstAlpn == null) {
                    firstAlpn = name.bytes();
                }
                if (alpns.size() < MOST_ALPNS) {
                    alpns.add(name.text(mostTextBytes / MOST_ALPNS));
                }
            }
            judge(names);
        }

        private int[] numbers(VectorReader vector) {
            int[] numbers = vector.numbers();
            fault(LENGTH_ODD, vector.left() > 0);
            return numbers;
        }

        private void judge(VectorReader vector) {
            fault(LENGTH_EXCEEDED, vector.isExceeded());
            fault(TRAILING_BYTES, !vector.isExceeded() && vector.left() > 0);
        }

        private void fault(String name, boolean holds) {
            if (holds && !faults.contains(name)) {
                faults.add(name);
            }
        }
    }
}
