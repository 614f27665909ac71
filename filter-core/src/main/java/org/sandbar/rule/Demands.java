package org.sandbar.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sandbar.event.Field;
import org.sandbar.event.Field.Type;
import org.sandbar.rule.Condition.Relation;
import org.sandbar.wire.Network;

/**
 * What a condition demands of one field at once: comparisons that hold and others that do not. A comparison with a fact that is not
 * known does not hold, so only one that holds says that the fact is known. One thread.
 */
final class Demands {
    private final List<Condition> holding = new ArrayList<>(2);
    private final List<Condition> failing = new ArrayList<>(2);
    private final Range range = new Range();
    private boolean absent;
    private boolean present;

    Demands copy() {
        Demands copy = new Demands();
        copy.range.take(range);
        copy.holding.addAll(holding);
        copy.failing.addAll(failing);
        copy.absent = absent;
        copy.present = present;
        return copy;
    }

    /** Adds a comparison; false where no value fulfils all of them any more. */
    boolean add(Condition added, boolean holds) {
        if (added instanceof Condition.Absent) {
            absent |= holds;
            present |= !holds;
        } else if (holds) {
            for (Condition other : holding) {
                if (excludes(added, other)) {
                    return false;
                }
            }
            for (Condition other : failing) {
                if (implies(added, other)) {
                    return false;
                }
            }
            present = true;
            holding.add(added);
        } else {
            for (Condition other : holding) {
                if (implies(other, added)) {
                    return false;
                }
            }
            failing.add(added);
        }
        range.narrow(added, holds);
        return !present || !absent && range.isOpen();
    }

    /** Whether two comparisons cannot both hold. */
    private static boolean excludes(Condition one, Condition other) {
        if (one instanceof Condition.Text text && other instanceof Condition.Text otherText) {
            return TextLogic.excludes(text.pattern(), otherText.pattern());
        } else if (one instanceof Condition.Flag flag && other instanceof Condition.Flag otherFlag) {
            return flag.wanted() != otherFlag.wanted();
        } else if (one instanceof Condition.In in && other instanceof Condition.In otherIn) {
            return in.field().type() != Type.ADDRESSES
                    && !isWithin(in.network(), otherIn.network())
                    && !isWithin(otherIn.network(), in.network());
        }
        return false;
    }

    /** Whether the one cannot hold without the other. */
    private static boolean implies(Condition one, Condition other) {
        if (one instanceof Condition.Text text && other instanceof Condition.Text otherText) {
            return TextLogic.implies(text.pattern(), otherText.pattern());
        } else if (one instanceof Condition.Texts texts && other instanceof Condition.Texts otherTexts) {
            return TextLogic.implies(texts.pattern(), otherTexts.pattern());
        } else if (one instanceof Condition.In in && other instanceof Condition.In otherIn) {
            return isWithin(in.network(), otherIn.network());
        }
        return one.equals(other);
    }

    private static boolean isWithin(Network inner, Network outer) {
        return inner.version() == outer.version()
                && (inner.highMask() & outer.highMask()) == outer.highMask()
                && (inner.lowMask() & outer.lowMask()) == outer.lowMask()
                && (inner.high() & outer.highMask()) == outer.high()
                && (inner.low() & outer.lowMask()) == outer.low();
    }

    /** The numbers from {@code least} to {@code most}, both included, without those that are excluded. */
    private static final class Range {
        private double least = Double.NEGATIVE_INFINITY;
        private double most = Double.POSITIVE_INFINITY;
        private final Set<Double> excluded = new HashSet<>();
        private boolean whole;

        void take(Range other) {
            least = other.least;
            most = other.most;
            excluded.addAll(other.excluded);
            whole = other.whole;
        }

        /** A comparison of something else than a number narrows nothing. */
        void narrow(Condition condition, boolean holds) {
            if (condition instanceof Condition.Number number) {
                whole = true;
                within(number.field());
                narrow(number.relation(), number.operand(), holds);
            } else if (condition instanceof Condition.Decimal decimal) {
                within(decimal.field());
                narrow(decimal.relation(), decimal.operand(), holds);
            }
        }

        private void within(Field field) {
            if (field.unit() != Field.Unit.NONE) {
                least = Math.max(least, field.unit().least());
                most = Math.min(most, field.unit().most());
            }
        }

        private void narrow(Relation relation, double operand, boolean holds) {
            switch (holds ? relation : opposite(relation)) {
                case EQUAL -> {
                    least = Math.max(least, operand);
                    most = Math.min(most, operand);
                }
                case NOT_EQUAL -> excluded.add(operand);
                case LESS -> most = Math.min(most, whole ? operand - 1 : Math.nextDown(operand));
                case LESS_OR_EQUAL -> most = Math.min(most, operand);
                case GREATER -> least = Math.max(least, whole ? operand + 1 : Math.nextUp(operand));
                case GREATER_OR_EQUAL -> least = Math.max(least, operand);
            }
        }

        private static Relation opposite(Relation relation) {
            return switch (relation) {
                case EQUAL -> Relation.NOT_EQUAL;
                case NOT_EQUAL -> Relation.EQUAL;
                case LESS -> Relation.GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> Relation.GREATER;
                case GREATER -> Relation.LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> Relation.LESS;
            };
        }

        boolean isOpen() {
            double numbers = whole ? most - least + 1 : most == least ? 1 : Double.POSITIVE_INFINITY;
            if (excluded.size() >= numbers) {
                excluded.removeIf(number -> number < least || number > most);
            }
            return least <= most && excluded.size() < numbers;
        }
    }
}
