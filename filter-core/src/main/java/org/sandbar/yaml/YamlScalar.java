package org.sandbar.yaml;

import java.util.ArrayList;
import java.util.List;
import org.sandbar.bytes.Words;

/**
 * Text, a number, a flag or nothing in a YAML file, told apart as YAML 1.2 does: what is quoted is text, {@code no} is text, {@code
 * true} is a flag. See {@link YamlNode}.
 */
public final class YamlScalar extends YamlNode {
    private final String text;
    private final boolean plain;
    private final int startAt;
    private final boolean block;

    YamlScalar(
            YamlSource source,
            int line,
            int column,
            String name,
            String text,
            boolean plain,
            int startAt,
            boolean block) {
        super(source, line, column, name);
        this.text = text;
        this.plain = plain;
        this.startAt = startAt;
        this.block = block;
    }

    /** Where it begins in the file, with its quote or its block's header, in code points from 0. */
    int startAt() {
        return startAt;
    }

    boolean isPlain() {
        return plain;
    }

    /** Whether the content stands on lines of its own, below a header. */
    boolean isBlock() {
        return block;
    }

    /** Another text in the place of this one, which stands where this one does. */
    public YamlScalar as(String other) {
        // Not plain, so that it is a text whatever it looks like; its content is then looked for behind a quote.
        return new YamlScalar(source(), line(), column(), name, other, false, plain ? startAt - 1 : startAt, block);
    }

    /** The content, whatever its type; never null. */
    public String text() {
        return text;
    }

    @Override
    public boolean isNull() {
        return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }

    public boolean isFlag() {
        return plain && (text.equals("true") || text.equals("false"));
    }

    public boolean isNumber() {
        return plain && isNumeral();
    }

    /** Whether the content, quoted or not, is a decimal number of YAML's; Java reads more as one (hexadecimal, 1d, NaN). */
    private boolean isNumeral() {
        int whole = afterDigits(afterSign());
        boolean pointed = whole < text.length() && text.charAt(whole) == '.';
        int end = pointed ? afterDigits(whole + 1) : whole;
        if (end - afterSign() == (pointed ? 1 : 0)) {
            return false;
        }
        if (end < text.length() && "eE".indexOf(text.charAt(end)) >= 0) {
            boolean signed = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0;
            int power = end + (signed ? 2 : 1);
            end = afterDigits(power);
            if (end == power) {
                return false;
            }
        }
        return end == text.length();
    }

    private int afterSign() {
        return text.startsWith("-") ? 1 : 0;
    }

    private int afterDigits(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    @Override
    public String toString() {
        return plain ? text : "'" + text + "'";
    }

    @Override
    String what() {
        if (isNull()) {
            return "empty";
        }
        return isFlag() ? text : isNumber() ? "the number " + text : text.isEmpty() ? "empty" : "'" + text + "'";
    }

    /** Tells a fault at a character of the text, whether it is plain, quoted or a block of several lines. */
    public void faultAt(int offset, String message) {
        source().faultInside(this, offset, message);
    }

    @Override
    public String asText() {
        if (isNull() || isFlag() || isNumber() || text.isBlank()) {
            mustBe("text");
            return null;
        }
        return text;
    }

    @Override
    public Long asNumber(long least, long most) {
        Long number = wholeNumber();
        if (number == null) {
            mustBe("a whole number");
        } else if (number < least || number > most) {
            fault(name + " must be from " + least + " to " + most + ", not " + text);
            number = null;
        }
        return number;
    }

    private Long wholeNumber() {
        if (!isNumeral() || afterDigits(afterSign()) < text.length()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    @Override
    public Double asDecimal() {
        Double decimal = isNumeral() ? Double.valueOf(text) : null;
        if (decimal == null || decimal.isInfinite()) {
            mustBe("a number");
            return null;
        }
        return decimal;
    }

    @Override
    public Boolean asFlag() {
        if (!isFlag()) {
            mustBe("true or false");
            return null;
        }
        return text.equals("true");
    }

    @Override
    public <E extends Enum<E>> E asOneOf(E[] known) {
        for (E constant : known) {
            if (Words.of(constant).equals(text)) {
                return constant;
            }
        }
        List<String> words = new ArrayList<>(known.length);
        for (E constant : known) {
            words.add(Words.of(constant));
        }
        fault(name + " cannot be " + what() + Spelling.hint(text, words));
        return null;
    }
}
