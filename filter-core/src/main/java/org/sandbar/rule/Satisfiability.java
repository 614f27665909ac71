package org.sandbar.rule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether there can be an event of which a condition holds. What is answered is sure where the answer is no; yes is also the answer
 * where finding out would take too long, or would need more than is known of the values. One use, one thread.
 */
final class Satisfiability {
    private static final int MOST_STEPS = 20_000;

    /** Part of a condition, and whether it is to hold. */
    private record Goal(Condition condition, boolean holds) {}

    private int steps;
    private final Set<String> contradicted = new LinkedHashSet<>();

    /** What cannot be, in words, or null where the condition can hold. */
    static String whyNever(Condition condition) {
        if (isPlainlyPossible(condition, true, new ArrayList<>())) {
            return null;
        }
        Satisfiability search = new Satisfiability();
        if (search.isPossible(List.of(new Goal(condition, true)), new HashMap<>())) {
            return null;
        }
        return "what is asked of '" + String.join("' and of '", search.contradicted) + "' cannot be";
    }

    /** Whether the condition holds of every event. */
    static boolean isAlways(Condition condition) {
        return whyNever(new Condition.Not(condition)) != null;
    }

    /** Most conditions ask one thing of each field, and nothing of a number, which has bounds: that is seen without a search. */
    private static boolean isPlainlyPossible(Condition condition, boolean holds, List<Object> asked) {
        if (condition instanceof Condition.Not not) {
            return isPlainlyPossible(not.part(), !holds, asked);
        }
        Condition[] parts = parts(condition);
        if (parts == null) {
            Object about = about(condition);
            boolean plain = !(condition instanceof Condition.Number || condition instanceof Condition.Decimal);
            return plain && !asked.contains(about) && asked.add(about);
        }
        if (condition instanceof Condition.All != holds) {
            return parts.length > 0 && isPlainlyPossible(parts[0], holds, asked);
        }
        for (Condition part : parts) {
            if (!isPlainlyPossible(part, holds, asked)) {
                return false;
            }
        }
        return true;
    }

    /** Takes what must be so first, and tries the parts of what may be so in turn. */
    private boolean isPossible(List<Goal> goals, Map<Object, Demands> demands) {
        List<Goal> open = new ArrayList<>(goals);
        List<Goal> choices = new ArrayList<>();
        while (!open.isEmpty()) {
            Goal goal = open.remove(open.size() - 1);
            if (++steps > MOST_STEPS) {
                return true;
            }
            if (goal.condition instanceof Condition.Not not) {
                open.add(new Goal(not.part(), !goal.holds));
            } else if (parts(goal.condition) == null) {
                Object about = about(goal.condition);
                Demands demand = demands.computeIfAbsent(about, none -> new Demands());
                if (!demand.add(goal.condition, goal.holds)) {
                    contradicted.add(about.toString());
                    return false;
                }
            } else if (goal.condition instanceof Condition.All == goal.holds) {
                for (Condition part : parts(goal.condition)) {
                    open.add(new Goal(part, goal.holds));
                }
            } else if (parts(goal.condition).length > 0) {
                choices.add(goal);
            }
        }
        return isPossibleByChoice(choices, demands);
    }

    private boolean isPossibleByChoice(List<Goal> choices, Map<Object, Demands> demands) {
        if (choices.isEmpty()) {
            return true;
        }
        Goal choice = choices.get(0);
        for (Condition part : parts(choice.condition)) {
            List<Goal> goals = new ArrayList<>(choices.subList(1, choices.size()));
            goals.add(new Goal(part, choice.holds));
            Map<Object, Demands> tried = new HashMap<>();
            demands.forEach((about, demand) -> tried.put(about, demand.copy()));
            if (isPossible(goals, tried)) {
                return true;
            }
        }
        return false;
    }

    /** Null where the condition is none of others. An empty one stands for a selection of which a fault was told. */
    private static Condition[] parts(Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.parts();
        }
        return condition instanceof Condition.Any any ? any.parts() : null;
    }

    /** The field, or the condition itself where nothing more is known of it than whether it holds. */
    private static Object about(Condition condition) {
        if (condition instanceof Condition.Absent absent) {
            return absent.field();
        } else if (condition instanceof Condition.Text text) {
            return text.field();
        } else if (condition instanceof Condition.Texts texts) {
            return texts.field();
        } else if (condition instanceof Condition.Number number) {
            return number.field();
        } else if (condition instanceof Condition.Decimal decimal) {
            return decimal.field();
        } else if (condition instanceof Condition.Flag flag) {
            return flag.field();
        } else if (condition instanceof Condition.In in) {
            return in.field();
        } else if (condition instanceof Condition.Same same) {
            return same.field();
        }
        return condition;
    }
}
