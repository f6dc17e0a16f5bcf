package dev.howdah.reconciler;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to restart for a new Howdah or for new settings of the cluster. One server at a time, and the next only when
 * the last one is ready again: a template that does not work breaks one server and not all. What a person changes in a server's
 * own spec waits for nobody. Held in memory: a new leader begins with the next server that waits.
 */
final class RolloutTurn {
    private @Nullable String holder;

    /** @return whether the server may restart now */
    synchronized boolean take(String uid) {
        if (holder == null) {
            holder = uid;
        }
        return holder.equals(uid);
    }

    /** The server is as its spec wants it, or is gone. */
    synchronized void giveBack(String uid) {
        if (uid.equals(holder)) {
            holder = null;
        }
    }
}
