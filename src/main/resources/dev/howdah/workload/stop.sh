#!/bin/sh
# Runs before the container is stopped. Writes a checkpoint while clients are still served, so that the shutdown itself has
# little left to write; then asks for a fast shutdown. An image without STOPSIGNAL would get SIGTERM, PostgreSQL's smart
# shutdown, which waits for sessions that never end. A signal that follows the first one changes nothing.
. "$HOWDAH_CONFIG/find-postgres.sh"
if find_client psql; then
  PGPASSWORD=$(cat "$HOWDAH_ADMIN/password") PGCONNECT_TIMEOUT=5 PGOPTIONS='-c statement_timeout=60s' \
    psql -X -q -w -h "$HOWDAH_RUN" -U howdah -d postgres -c CHECKPOINT >/dev/null 2>&1
fi
if read -r postmaster <"$PGDATA/postmaster.pid"; then
  kill -INT "$postmaster"
fi 2>/dev/null
exit 0
