package org.sandbar.alg.linux.h323;

import static org.sandbar.alg.linux.h323.Field.ANY_NUMBER;
import static org.sandbar.alg.linux.h323.Field.BITS;
import static org.sandbar.alg.linux.h323.Field.BOOLEAN;
import static org.sandbar.alg.linux.h323.Field.BYTE;
import static org.sandbar.alg.linux.h323.Field.DATA;
import static org.sandbar.alg.linux.h323.Field.LARGE;
import static org.sandbar.alg.linux.h323.Field.NULL;
import static org.sandbar.alg.linux.h323.Field.NUMBER;
import static org.sandbar.alg.linux.h323.Field.OBJECT;
import static org.sandbar.alg.linux.h323.Field.OCTET;
import static org.sandbar.alg.linux.h323.Field.PASSED;
import static org.sandbar.alg.linux.h323.Field.STOP;
import static org.sandbar.alg.linux.h323.Field.TEXT;
import static org.sandbar.alg.linux.h323.Field.WORD;
import static org.sandbar.alg.linux.h323.Field.atMost;
import static org.sandbar.alg.linux.h323.Field.choice;
import static org.sandbar.alg.linux.h323.Field.octets;
import static org.sandbar.alg.linux.h323.Field.sequence;
import static org.sandbar.alg.linux.h323.Field.sequenceOf;

import java.util.Arrays;
import org.sandbar.alg.linux.h323.Field.Kind;

/** What the kernel knows of H.225.0's messages (ITU-T H.225.0 Annex H): registration with a gatekeeper, and calls. */
final class H225 {
    private static final int MOST_CHANNELS = 30;
    private static final int MOST_TUNNELLED = 4;
    private static final int MOST_ADDRESSES = 10;

    private static final Field NON_STANDARD =
            sequence(choice(OBJECT, sequence(OCTET, OCTET, NUMBER).more()).more(), DATA);
    private static final Field ADDRESS = choice(
                    sequence(octets(4).keep(), NUMBER).keep(),
                    sequence(
                                    octets(4),
                                    NUMBER,
                                    sequenceOf(octets(4)),
                                    choice(NULL, NULL).more())
                            .more(),
                    sequence(octets(6), octets(4), octets(2)),
                    sequence(octets(16).keep(), NUMBER).more().keep(),
                    octets(16),
                    Field.of(Kind.OCTETS, 5, 1),
                    NON_STANDARD)
            .more();
    private static final Field ALIAS =
            choice(H245.DIGITS, Field.of(Kind.WIDE_TEXT, BYTE, 1)).passing(5);
    private static final Field ALIASES = sequenceOf(ALIAS);

    private static final Field NAME = Field.of(Kind.OCTETS, BYTE, 1);
    private static final Field VENDOR = sequence(sequence(OCTET, OCTET, NUMBER).more(), NAME.maybe(), NAME.maybe())
            .more();
    private static final Field CAPABILITIES = sequence(NON_STANDARD.maybe()).passing(2);
    private static final Field PROTOCOL = choice(
                    NON_STANDARD,
                    CAPABILITIES,
                    CAPABILITIES,
                    CAPABILITIES,
                    CAPABILITIES,
                    CAPABILITIES,
                    CAPABILITIES,
                    CAPABILITIES,
                    CAPABILITIES)
            .passing(2);
    private static final Field ENDPOINT_TYPE = sequence(
                    NON_STANDARD.maybe(),
                    VENDOR.maybe(),
                    sequence(NON_STANDARD.maybe()).more().maybe(),
                    sequence(sequenceOf(PROTOCOL).maybe(), NON_STANDARD.maybe())
                            .more()
                            .maybe(),
                    sequence(NON_STANDARD.maybe()).passing(1).maybe(),
                    sequence(NON_STANDARD.maybe()).more().maybe(),
                    BOOLEAN,
                    BOOLEAN)
            .passing(2);

    private static final Field BIT_NUMBER = Field.of(Kind.BITS, WORD, 0);
    private static final Field PARAMETERS =
            sequence(ANY_NUMBER.maybe(), octets(8).maybe()).passing(1);
    private static final Field SEALED = sequence(OBJECT, PARAMETERS, DATA);
    private static final Field HASHED = sequence(OBJECT, PARAMETERS, BITS);
    private static final Field SIGNED = sequence(PASSED, OBJECT, PARAMETERS, BITS);
    private static final Field CLEAR_TOKEN = sequence(
                    OBJECT,
                    LARGE.maybe(),
                    TEXT.maybe(),
                    sequence(BIT_NUMBER, BIT_NUMBER, BIT_NUMBER).more().maybe(),
                    Field.of(Kind.OCTETS, 7, 8).maybe(),
                    ANY_NUMBER.maybe(),
                    sequence(OBJECT, DATA).more().maybe(),
                    TEXT.maybe(),
                    sequence(OBJECT, DATA).maybe())
            .passing(2);
    private static final Field NESTED_TOKEN = choice(
                    sequence(OBJECT, SEALED), sequence(OBJECT, SIGNED), sequence(OBJECT, CLEAR_TOKEN, HASHED), SEALED)
            .more();
    private static final Field CRYPTO_TOKEN = choice(
                    sequence(ALIAS, LARGE, HASHED),
                    sequence(TEXT, LARGE, HASHED),
                    SEALED,
                    SEALED,
                    SIGNED,
                    SIGNED,
                    SIGNED,
                    NESTED_TOKEN)
            .more();
    private static final Field SECURITY_SERVICE =
            choice(NON_STANDARD, NULL, NULL).more();
    private static final Field SECURITY = sequence(
                    NON_STANDARD.maybe(), SECURITY_SERVICE, SECURITY_SERVICE, SECURITY_SERVICE)
            .more();
    private static final Field SECURITY_MODE =
            choice(NON_STANDARD, NULL, SECURITY, SECURITY).more();

    private static final Field FAST_START =
            atMost(MOST_CHANNELS, H245.CHANNEL.opened()).keep();
    private static final Field H245_ADDRESS = ADDRESS.keep(Role.H245_ADDRESS);

    private static final Field SERVICES = sequence(
                    BOOLEAN,
                    BOOLEAN,
                    BOOLEAN,
                    BOOLEAN,
                    BOOLEAN,
                    BOOLEAN,
                    BOOLEAN,
                    sequence(BOOLEAN, BOOLEAN).more())
            .more();
    private static final Field SETUP = sequence(
                    OBJECT,
                    H245_ADDRESS.maybe(),
                    ALIASES.maybe(),
                    ENDPOINT_TYPE,
                    ALIASES.maybe(),
                    ADDRESS.keep().maybe(),
                    ALIASES.maybe(),
                    sequenceOf(NUMBER).maybe(),
                    BOOLEAN,
                    octets(16),
                    choice(NULL, NULL, NULL).passing(2),
                    SERVICES.maybe(),
                    choice(NULL, NULL, NULL, NULL).more())
            .more(ADDRESS.keep(), PASSED, PASSED, PASSED, PASSED, PASSED, FAST_START, PASSED, PASSED, STOP);
    private static final Field CALL_PROCEEDING = started(sequence(OBJECT, ENDPOINT_TYPE, H245_ADDRESS.maybe()), 4);
    private static final Field CONNECT = started(sequence(OBJECT, H245_ADDRESS.maybe(), ENDPOINT_TYPE, octets(16)), 10);
    private static final Field ALERTING = started(sequence(OBJECT, ENDPOINT_TYPE, H245_ADDRESS.maybe()), 9);
    private static final Field RELEASE_COMPLETE = sequence(
                    OBJECT,
                    choice(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
                            .passing(10)
                            .maybe())
            .passing(9);
    private static final Field FACILITY = sequence(
                    OBJECT,
                    ADDRESS.keep(Role.ALTERNATIVE_ADDRESS).maybe(),
                    ALIASES.maybe(),
                    octets(16).maybe(),
                    choice(NULL, NULL, NULL, NULL).passing(7).keep(Role.REASON))
            .more(behind(6, 8, H245_ADDRESS, FAST_START));
    private static final Field PROGRESS = sequence(
                    OBJECT,
                    ENDPOINT_TYPE,
                    H245_ADDRESS.maybe(),
                    sequence(octets(16)).more(),
                    SECURITY_MODE.maybe(),
                    sequenceOf(CLEAR_TOKEN).maybe(),
                    sequenceOf(CRYPTO_TOKEN).maybe(),
                    FAST_START.maybe())
            .passing(3);

    private static final Field BODY = choice(
                    SETUP.keep(),
                    CALL_PROCEEDING.keep(),
                    CONNECT.keep(),
                    ALERTING.keep(),
                    sequence(OBJECT).passing(6),
                    RELEASE_COMPLETE,
                    FACILITY.keep())
            .more(PROGRESS.keep(), PASSED, PASSED, PASSED, PASSED, PASSED);

    /** H323-UserInformation, what a Q.931 message carries. */
    static final Field USER_INFORMATION = sequence(
                    sequence(BODY.keep(), NON_STANDARD.maybe())
                            .more(
                                    PASSED,
                                    PASSED,
                                    atMost(MOST_TUNNELLED, H245.MESSAGE.opened())
                                            .keep(Role.TUNNEL),
                                    STOP)
                            .keep(),
                    STOP)
            .more()
            .keep();

    private static final Field GATEKEEPER_CONFIRM = sequence(
                    NUMBER, OBJECT, NON_STANDARD.maybe(), TEXT.maybe(), ADDRESS.keep(Role.GATEKEEPER_ADDRESS))
            .more(STOP);
    private static final Field REGISTRATION_REQUEST = sequence(
                    NUMBER,
                    OBJECT,
                    NON_STANDARD.maybe(),
                    BOOLEAN,
                    atMost(MOST_ADDRESSES, ADDRESS.keep()).keep(Role.REGISTERED_ADDRESS),
                    atMost(MOST_ADDRESSES, ADDRESS.keep()).keep(),
                    ENDPOINT_TYPE,
                    ALIASES.maybe(),
                    TEXT.maybe(),
                    VENDOR)
            .more(PASSED, LARGE.keep(), STOP);
    private static final Field ADMISSION_CONFIRM = sequence(
                    NUMBER, LARGE, choice(NULL, NULL).more(), ADDRESS.keep(Role.ADMITTED_ADDRESS), STOP, STOP)
            .more(STOP);
    private static final Field LOCATION_CONFIRM = sequence(
                    NUMBER, ADDRESS.keep(Role.FOUND_ADDRESS), ADDRESS.keep(), STOP)
            .more(STOP);

    /** RasMessage: of its 32 kinds those that open something without address translation. */
    static final Field RAS_MESSAGE = ras();

    private H225() {}

    private static Field ras() {
        Field[] kinds = new Field[32];
        Arrays.fill(kinds, STOP);
        kinds[1] = GATEKEEPER_CONFIRM.keep();
        kinds[3] = REGISTRATION_REQUEST.keep();
        kinds[10] = ADMISSION_CONFIRM.keep();
        kinds[19] = LOCATION_CONFIRM.keep();
        return choice(Arrays.copyOf(kinds, 24))
                .more(Arrays.copyOfRange(kinds, 24, 32))
                .keep();
    }

    /** With fastStart behind four parts that are passed over, and more behind it. */
    private static Field started(Field root, int after) {
        return root.more(behind(4, after, FAST_START));
    }

    private static Field[] behind(int before, int after, Field... fields) {
        Field[] parts = new Field[before + fields.length + after];
        Arrays.fill(parts, PASSED);
        System.arraycopy(fields, 0, parts, before, fields.length);
        return parts;
    }
}
