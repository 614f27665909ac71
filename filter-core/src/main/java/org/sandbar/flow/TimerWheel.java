package org.sandbar.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * Deadlines of flows on packet time, a second a slot. A packet does not touch the wheel: a slot that comes due asks each flow when
 * it really ends and puts it back where that is later. One thread.
 */
final class TimerWheel<F extends Flow> {
    private static final int SLOTS = 1 << 9;
    private static final long SLOT_NS = 1_000_000_000L;

    private final Flow[] heads = new Flow[SLOTS];
    private long nowSlot = Long.MIN_VALUE;
    /** When the next slot begins: a comparison for every packet, a division for every slot. */
    private long nextSlotNs = Long.MIN_VALUE;

    /** Says when a flow ends if nothing more comes. */
    interface Deadline<F> {
        long ofNs(F flow);
    }

    void add(Flow flow, long deadlineNs) {
        long slot = Math.floorDiv(deadlineNs, SLOT_NS) + 1;
        if (nowSlot != Long.MIN_VALUE) {
            slot = Math.max(nowSlot + 1, Math.min(slot, nowSlot + SLOTS - 1));
        }
        int index = (int) (slot & SLOTS - 1);
        flow.wheelSlot = index;
        flow.wheelBefore = null;
        flow.wheelAfter = heads[index];
        if (heads[index] != null) {
            heads[index].wheelBefore = flow;
        }
        heads[index] = flow;
    }

    void remove(Flow flow) {
        if (flow.wheelSlot < 0) {
            return;
        }
        if (flow.wheelBefore == null) {
            heads[flow.wheelSlot] = flow.wheelAfter;
        } else {
            flow.wheelBefore.wheelAfter = flow.wheelAfter;
        }
        if (flow.wheelAfter != null) {
            flow.wheelAfter.wheelBefore = flow.wheelBefore;
        }
        flow.wheelBefore = null;
        flow.wheelAfter = null;
        flow.wheelSlot = -1;
    }

    /** Slots are visited again from this time on; flows that are not due then are put back. */
    void stepBack(long nowNs) {
        enter(Math.floorDiv(nowNs, SLOT_NS));
    }

    private void enter(long slot) {
        nowSlot = slot;
        nextSlotNs = slot < Long.MAX_VALUE / SLOT_NS ? (slot + 1) * SLOT_NS : Long.MAX_VALUE;
    }

    /** Whether the time has entered a slot that was not looked at yet. */
    boolean isDue(long nowNs) {
        return nowNs >= nextSlotNs;
    }

    /** Takes out all flows whose time has come. */
    void advance(long nowNs, Deadline<F> deadline, List<F> ended) {
        long slot = Math.floorDiv(nowNs, SLOT_NS);
        long from = nowSlot == Long.MIN_VALUE ? slot - SLOTS + 1 : Math.max(nowSlot + 1, slot - SLOTS + 1);
        enter(slot);
        List<F> later = new ArrayList<>(0);
        for (long due = from; due <= slot; due++) {
            sweep((int) (due & SLOTS - 1), nowNs, deadline, ended, later);
        }
        for (F flow : later) {
            add(flow, deadline.ofNs(flow));
        }
    }

    @SuppressWarnings("unchecked")
    private void sweep(int index, long nowNs, Deadline<F> deadline, List<F> ended, List<F> later) {
        for (Flow flow = heads[index]; flow != null; ) {
            Flow next = flow.wheelAfter;
            remove(flow);
            F typed = (F) flow;
            (deadline.ofNs(typed) <= nowNs ? ended : later).add(typed);
            flow = next;
        }
    }
}
