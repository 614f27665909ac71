package org.sandbar.protocol.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of FoxIO's specification and of its test captures, and the edges that the specification names. */
class Ja4Test {
    private static final String CHROME_CIPHERS =
            "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035";
    private static final String CHROME_SIGNATURES = "0403,0804,0401,0503,0805,0501,0806,0601";
    private static final String CHROME_EXTENSIONS =
            "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015";

    private static ClientHello read(Hello hello) {
        byte[] body = hello.body().getBytes(StandardCharsets.ISO_8859_1);
        return ClientHello.read(new VectorReader(body, 0, body.length), 1_024);
    }

    private static String ja4(Hello hello) {
        return Ja4.of(read(hello));
    }

    @Test
    void theExampleOfTheSpecification() {
        Hello hello =
                new Hello().ciphers(CHROME_CIPHERS).extensions(CHROME_EXTENSIONS, "0304,0303", "h2", CHROME_SIGNATURES);
        assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", ja4(hello));
    }

    /** pcap/sigalg-grease.pcapng: Chromium 152, with GREASE in all lists. */
    @Test
    void greaseIsLeftOutEverywhere() {
        Hello hello = new Hello()
                .ciphers("4a4a," + CHROME_CIPHERS)
                .extensions(
                        "dada,fe0d,0010,0017,0033,44cd,ff01,000a,000d,0023,002b,000b,ca34,002d,0000,0005,001b,0012,7a7a",
                        "fafa,0304,0303",
                        "h2",
                        "2a2a,0904,0905,0906,0403,0804,0401,0503,0805,0501,0806,0601");
        assertEquals("t13d1517h2_8daaf6152771_cb7bf5808d99", ja4(hello));
    }

    /** pcap/tls12.pcap: Firefox 105, whose delegated credentials name signature algorithms of their own. */
    @Test
    void signatureAlgorithmsAreThoseOfTheirExtension() {
        Hello hello = new Hello()
                .ciphers("1301,1303,1302,c02b,c02f,cca9,cca8,c02c,c030,c00a,c009,c013,c014,009c,009d,002f,0035")
                .serverName("www.example.test")
                .extension(Extension.DELEGATED_CREDENTIALS, Hello.vector16(Hello.numbers("0403,0503,0603,0203")))
                .extensions(
                        "0017,ff01,000a,000b,0023,0010,0005,0033,002b,000d,002d,001c,0015",
                        "0304,0303",
                        "h2",
                        "0403,0503,0603,0804,0805,0806,0401,0501,0601,0203,0201");
        assertEquals("t13d1715h2_5b57614c22b0_3d5424432f57", ja4(hello));
    }

    @Test
    void withoutSignatureAlgorithmsNoUnderscoreFollows() {
        Hello hello = new Hello().ciphers(CHROME_CIPHERS).version(0x0301);
        for (String type : CHROME_EXTENSIONS.split(",")) {
            hello.extension(Integer.parseInt(type, 16), "");
        }
        assertEquals("t00d151600_8daaf6152771_6d807ffa2a79", ja4(hello));
    }

    @Test
    void nothingIsZeros() {
        assertEquals("t12i000000_000000000000_000000000000", ja4(new Hello().ciphers("")));
        assertEquals(
                "t12d010100_ba72b8082249_000000000000",
                ja4(new Hello().ciphers("002f").serverName("a")));
        assertEquals(
                "t12i010100_ba72b8082249_000000000000",
                ja4(new Hello().ciphers("002f").alpn("")));
    }

    @Test
    void countsEndAt99() {
        String many = "c02b,".repeat(120) + "c02b";
        assertEquals("t12i990000", ja4(new Hello().ciphers(many)).substring(0, 10));
    }

    @ParameterizedTest
    @CsvSource({
        "0304,13",
        "0303,12",
        "0302,11",
        "0301,10",
        "0300,s3",
        "0002,s2",
        "7f1c,00",
        "'0301,0304,0303',13",
        "'0a0a,0302',11"
    })
    void versions(String offered, String shown) {
        assertEquals(shown, ja4(new Hello().versions(offered)).substring(1, 3));
    }

    /** Those of the specification. */
    @ParameterizedTest
    @CsvSource({"6832,h2", "687474702f312e31,h1", "78,xx", "ab,ab", "abcd,ad", "30ab,3b", "3031abcd,3d", "30abcd31,01"})
    void alpns(String bytes, String shown) {
        StringBuilder name = new StringBuilder();
        for (int at = 0; at < bytes.length(); at += 2) {
            name.append((char) Integer.parseInt(bytes.substring(at, at + 2), 16));
        }
        assertEquals(shown, ja4(new Hello().alpn(name.toString(), "h2")).substring(8, 10));
    }

    @Test
    void aHelloThatIsCutHasNone() {
        byte[] body = new Hello().serverName("a").body().getBytes(StandardCharsets.ISO_8859_1);
        ClientHello cut = ClientHello.read(new VectorReader(body, 0, body.length - 3), 1_024);
        assertNull(Ja4.of(cut));
        assertTrue(cut.faults().contains("length-exceeded"));
    }
}
