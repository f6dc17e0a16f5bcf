#!/bin/sh
# Probes. "ready": the server accepts connections. "live": the postmaster answers at all; a refusal is an answer, because
# recovery after a crash may take long and must never be cut short.
. "$HOWDAH_CONFIG/find-postgres.sh"
find_client pg_isready || exit 0
if [ "$1" = ready ]; then
  # exec: an orphan of a probe that timed out would be inherited by the postmaster, which takes its exit for a crash.
  exec pg_isready -q -h "$HOWDAH_RUN" -p "$PGPORT" -U howdah -d postgres -t 3
fi
pg_isready -q -h "$HOWDAH_RUN" -p "$PGPORT" -U howdah -d postgres -t 5
[ $? -ne 2 ]
