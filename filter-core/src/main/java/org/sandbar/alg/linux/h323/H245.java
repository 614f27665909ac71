package org.sandbar.alg.linux.h323;

import static org.sandbar.alg.linux.h323.Field.BOOLEAN;
import static org.sandbar.alg.linux.h323.Field.DATA;
import static org.sandbar.alg.linux.h323.Field.LARGE;
import static org.sandbar.alg.linux.h323.Field.NULL;
import static org.sandbar.alg.linux.h323.Field.NUMBER;
import static org.sandbar.alg.linux.h323.Field.OBJECT;
import static org.sandbar.alg.linux.h323.Field.OCTET;
import static org.sandbar.alg.linux.h323.Field.PASSED;
import static org.sandbar.alg.linux.h323.Field.STOP;
import static org.sandbar.alg.linux.h323.Field.choice;
import static org.sandbar.alg.linux.h323.Field.integer;
import static org.sandbar.alg.linux.h323.Field.octets;
import static org.sandbar.alg.linux.h323.Field.sequence;
import static org.sandbar.alg.linux.h323.Field.sequenceOf;

import java.util.Collections;
import org.sandbar.alg.linux.h323.Field.Kind;

/** What the kernel knows of H.245's messages (ITU-T H.245 Annex A): a proposed channel, and its acknowledgement. */
final class H245 {
    private static final Field FLAG = BOOLEAN;
    private static final Field NSAP = Field.of(Kind.OCTETS, 5, 1);
    static final Field DIGITS = Field.of(Kind.DIGITS, 7, 1);

    private static final Field NON_STANDARD = sequence(choice(OBJECT, sequence(OCTET, OCTET, NUMBER)), DATA);

    private static final Field UNICAST = choice(
                    sequence(octets(4).keep(), NUMBER).more().keep(),
                    sequence(octets(6), octets(4), octets(2)).more(),
                    sequence(octets(16).keep(), NUMBER).more().keep(),
                    octets(16),
                    sequence(choice(NULL, NULL), octets(4), NUMBER, sequenceOf(octets(4)))
                            .more())
            .passing(2);
    private static final Field MULTICAST = choice(
                    sequence(octets(4), NUMBER).more(),
                    sequence(octets(16), NUMBER).more())
            .passing(2);
    private static final Field ADDRESS = choice(UNICAST.keep(), MULTICAST).more();

    /** Of the parts behind the control channel's address the kernel reads none. */
    private static final Field H2250_PARAMETERS = sequence(
                    sequenceOf(NON_STANDARD).maybe(),
                    OCTET,
                    integer(8).maybe(),
                    ADDRESS.keep(Role.MEDIA_ADDRESS).maybe(),
                    FLAG.maybe(),
                    ADDRESS.keep(Role.MEDIA_ADDRESS).maybe(),
                    STOP,
                    STOP,
                    STOP,
                    STOP,
                    STOP)
            .passing(3);

    private static final Field H2250_ACK_PARAMETERS = sequence(
                    sequenceOf(NON_STANDARD).maybe(),
                    integer(8).maybe(),
                    ADDRESS.keep(Role.MEDIA_ADDRESS).maybe(),
                    ADDRESS.keep(Role.MEDIA_ADDRESS).maybe(),
                    integer(5).maybe())
            .passing(2);
    private static final Field H222_PARAMETERS =
            sequence(NUMBER, NUMBER, NUMBER.maybe(), DATA.maybe(), DATA.maybe()).more();
    private static final Field H223_PARAMETERS = sequence(
                    choice(NON_STANDARD, NULL, NULL, NULL, NULL, sequence(integer(2), LARGE))
                            .passing(3),
                    FLAG)
            .more();
    private static final Field V76_PARAMETERS = sequence(
                    sequence(choice(NULL, NULL, NULL).more(), NUMBER, FLAG).more(),
                    choice(NULL, NULL, NULL).more(),
                    FLAG,
                    choice(sequence(integer(7), choice(NULL, NULL, NULL).more()).more(), NULL)
                            .more(),
                    sequence(FLAG).more())
            .more();

    private static final Field H261 =
            sequence(integer(2).maybe(), integer(2).maybe(), FLAG, NUMBER, FLAG).passing(1);
    private static final Field H262 = sequence(
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    LARGE.maybe(),
                    LARGE.maybe(),
                    NUMBER.maybe(),
                    NUMBER.maybe(),
                    integer(4).maybe(),
                    LARGE.maybe())
            .passing(1);
    private static final Field H263 = sequence(
                    integer(5).maybe(),
                    integer(5).maybe(),
                    integer(5).maybe(),
                    integer(5).maybe(),
                    integer(5).maybe(),
                    LARGE,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    FLAG,
                    LARGE.maybe(),
                    NUMBER.maybe())
            .passing(8);
    private static final Field IS11172_VIDEO = sequence(
                    FLAG,
                    LARGE.maybe(),
                    LARGE.maybe(),
                    NUMBER.maybe(),
                    NUMBER.maybe(),
                    integer(4).maybe(),
                    LARGE.maybe())
            .passing(1);
    private static final Field VIDEO =
            choice(NON_STANDARD, H261, H262, H263, IS11172_VIDEO).passing(1);
    private static final Field AUDIO = choice(
                    NON_STANDARD,
                    OCTET,
                    OCTET,
                    OCTET,
                    OCTET,
                    OCTET,
                    OCTET,
                    OCTET,
                    sequence(OCTET, FLAG),
                    OCTET,
                    OCTET,
                    OCTET,
                    flags(8, NUMBER).more(),
                    flags(20, NUMBER).more())
            .passing(8);

    /** Which is the ninth behind the last of the first seven: separateLANStack. */
    static final int SEPARATE_LAN_STACK = 10;

    private static final Field DATA_PROTOCOL =
            choice(NON_STANDARD, NULL, NULL, NULL, NULL, NULL, NULL).passing(7);
    private static final Field T84_PROFILE = choice(NULL, flags(19).more());
    private static final Field APPLICATION = choice(
                    NON_STANDARD,
                    DATA_PROTOCOL.keep(Role.T120_STACK),
                    DATA_PROTOCOL,
                    DATA_PROTOCOL,
                    sequence(DATA_PROTOCOL, T84_PROFILE),
                    DATA_PROTOCOL,
                    DATA_PROTOCOL,
                    sequence(DATA_PROTOCOL, DATA),
                    NULL,
                    DATA_PROTOCOL)
            .passing(4);
    private static final Field DATA_TYPE = choice(
                    NON_STANDARD,
                    NULL,
                    VIDEO,
                    AUDIO,
                    sequence(APPLICATION.keep(), LARGE).more().keep(),
                    choice(NON_STANDARD, NULL).more())
            .passing(3);

    private static final Field NETWORK_ACCESS = sequence(
                    choice(NULL, NULL).more().maybe(),
                    choice(
                                    sequence(
                                                    choice(Field.of(Kind.DIGITS, 4, 1), NSAP)
                                                            .more(),
                                                    NSAP.maybe())
                                            .more(),
                                    DIGITS,
                                    ADDRESS.keep())
                            .more()
                            .keep(),
                    FLAG,
                    Field.of(Kind.OCTETS, 8, 1).maybe())
            .passing(1);

    /** OpenLogicalChannel. */
    static final Field CHANNEL = sequence(
                    NUMBER,
                    sequence(
                                    NUMBER.maybe(),
                                    DATA_TYPE.keep(),
                                    choice(H222_PARAMETERS, H223_PARAMETERS, V76_PARAMETERS)
                                            .more(H2250_PARAMETERS.keep(), PASSED)
                                            .keep())
                            .passing(2)
                            .keep(),
                    sequence(
                                    DATA_TYPE,
                                    choice(H223_PARAMETERS, V76_PARAMETERS)
                                            .more(H2250_PARAMETERS.keep())
                                            .keep()
                                            .maybe())
                            .passing(2)
                            .keep()
                            .maybe())
            .more(NETWORK_ACCESS.keep(Role.STACK_ADDRESS), STOP)
            .keep(Role.CHANNEL);

    private static final Field CHANNEL_ACK = sequence(
                    NUMBER,
                    sequence(
                                    NUMBER,
                                    NUMBER.maybe(),
                                    choice(H222_PARAMETERS)
                                            .more(H2250_PARAMETERS.keep())
                                            .keep()
                                            .maybe())
                            .passing(1)
                            .keep()
                            .maybe())
            .more(
                    NETWORK_ACCESS.keep(Role.AGREED_STACK_ADDRESS),
                    choice(H2250_ACK_PARAMETERS.keep()).more().keep(),
                    STOP)
            .keep();

    /** MultimediaSystemControlMessage. */
    static final Field MESSAGE = choice(
                    onlyAt(3, CHANNEL, 11).more(STOP, STOP, STOP, STOP).keep(),
                    onlyAt(5, CHANNEL_ACK, 19)
                            .more(STOP, STOP, STOP, STOP, STOP)
                            .keep(),
                    STOP,
                    STOP)
            .more()
            .keep();

    private H245() {}

    /** A choice of so many, one of which is read. */
    static Field onlyAt(int index, Field field, int count) {
        Field[] parts = Collections.nCopies(count, STOP).toArray(Field[]::new);
        parts[index] = field;
        return choice(parts);
    }

    private static Field flags(int count, Field... behind) {
        Field[] parts = Collections.nCopies(count + behind.length, FLAG).toArray(Field[]::new);
        System.arraycopy(behind, 0, parts, count, behind.length);
        return sequence(parts);
    }
}
