package org.sandbar.verdict;

import java.util.Arrays;
import org.sandbar.rule.CorrelationRule;
import org.sandbar.rule.CorrelationRule.Type;
import org.sandbar.rule.Values;

/** Computes with the numbers that events brought: of more than it may remember, with the latest. */
final class Measures extends Occurrences {
    private final CorrelationRule correlation;

    Measures(CorrelationRule correlation, int most) {
        super(correlation.timespanNs(), false, true, most);
        this.correlation = correlation;
    }

    @Override
    double measure() {
        double[] numbers = new double[count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((Number) ((Values) value(i)).get(0)).doubleValue();
        }
        if (correlation.type() == Type.VALUE_SUM || correlation.type() == Type.VALUE_AVG) {
            double sum = Arrays.stream(numbers).sum();
            return correlation.type() == Type.VALUE_SUM ? sum : sum / numbers.length;
        }
        Arrays.sort(numbers);
        return numbers[(int) Math.ceil(correlation.percentile() * numbers.length / 100.0) - 1];
    }
}
