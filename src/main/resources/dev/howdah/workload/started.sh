#!/bin/sh
# The startup probe: the server accepts connections. Until then, be it initdb or a long recovery, nothing may kill it.
. "$HOWDAH_CONFIG/find-postgres.sh"
if find_client pg_isready; then
  # exec: an orphan of a probe that timed out would be inherited by the postmaster, which takes its exit for a crash.
  exec pg_isready -q -h "$HOWDAH_RUN" -p "$PGPORT" -U howdah -d postgres -t 3
fi
# The postmaster's own word, in the eighth line of its lock file.
[ "$(sed -n '8s/ *$//p' "$PGDATA/postmaster.pid")" = ready ]
