package org.sandbar.protocol;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * State of stage 2 by its key: at most so many entries, each forgotten when it was not put anew for so long of packet time; beyond the
 * bound the oldest goes first. One thread.
 */
public final class ExpiringMap<K, V> {
    private record Entry<V>(V value, long sinceNs) {}

    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
    private final int most;
    private final long lifetimeNs;

    public ExpiringMap(int most, long lifetimeNs) {
        this.most = most;
        this.lifetimeNs = lifetimeNs;
    }

    /** Whether the oldest entry had to go for it. */
    public boolean put(K key, V value, long nowNs) {
        entries.remove(key);
        entries.put(key, new Entry<>(value, nowNs));
        if (entries.size() <= most) {
            return false;
        }
        Iterator<K> oldest = entries.keySet().iterator();
        oldest.next();
        oldest.remove();
        return true;
    }

    /** What was put, or null where nothing was or it is too old by now. */
    public V get(K key, long nowNs) {
        Entry<V> entry = entries.get(key);
        return entry == null || nowNs - entry.sinceNs > lifetimeNs ? null : entry.value;
    }

    /** What was put, however old. */
    public V get(K key) {
        Entry<V> entry = entries.get(key);
        return entry == null ? null : entry.value;
    }

    /** Takes out the oldest entry if it is too old by now; null where it is not. */
    public V takeExpired(long nowNs) {
        if (entries.isEmpty()) {
            return null;
        }
        Iterator<Entry<V>> oldest = entries.values().iterator();
        Entry<V> entry = oldest.next();
        if (nowNs - entry.sinceNs <= lifetimeNs) {
            return null;
        }
        oldest.remove();
        return entry.value;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public void remove(K key) {
        entries.remove(key);
    }
}
