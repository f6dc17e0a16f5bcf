#!/bin/sh
# Starts the PostgreSQL server of this pod. The first start creates the database cluster beside PGDATA and then renames it:
# killed at any point, this script leaves either nothing or a whole cluster. All paths come from the environment; nothing but
# initdb and postgres is needed, and no image's entrypoint.
set -eu
umask 077

say() {
  printf 'howdah: %s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

# Process 1 ignores signals it has no handler for; without this, deleting a pod during initdb would wait out the grace period.
trap 'exit 130' INT TERM

. "$HOWDAH_CONFIG/find-postgres.sh"
find_postgres || fail "the image has no PostgreSQL $PG_MAJOR (neither on the PATH nor in /usr/lib/postgresql/$PG_MAJOR/bin); set an image that has it"

# Codepoint order either way; with C.UTF-8, upper() and text search know letters beyond ASCII.
libc_locale=C
if [ "$(LC_ALL=C.UTF-8 locale charmap 2>/dev/null || :)" = UTF-8 ]; then
  libc_locale=C.UTF-8
fi

set -- "--locale=$libc_locale"
wal_segment_mib=16
while IFS= read -r argument || [ -n "$argument" ]; do
  case $argument in
    "") continue ;;
    --wal-segsize=*) wal_segment_mib=${argument#*=} ;;
  esac
  set -- "$@" "$argument"
done <"$HOWDAH_CONFIG/initdb.args"

new=$PGDATA.initdb
if [ -s "$PGDATA/PG_VERSION" ]; then
  read -r found <"$PGDATA/PG_VERSION"
  [ "$found" = "$PG_MAJOR" ] || fail "the volume holds a database cluster of PostgreSQL $found, this server is PostgreSQL $PG_MAJOR; nothing was changed"
elif [ -d "$PGDATA" ] && [ -n "$(ls -A "$PGDATA")" ]; then
  fail "$PGDATA is not empty and not a database cluster (no PG_VERSION); it is left as it is: move it away or restore it, then restart"
else
  # An unfinished cluster of an earlier start, which no server ever ran on.
  rm -rf -- "$new"
  mkdir -p -- "$(dirname "$PGDATA")"
  say "creating a database cluster of PostgreSQL $PG_MAJOR"
  initdb -D "$new" --username=howdah --pwfile="$HOWDAH_ADMIN/password" --auth-local=scram-sha-256 --auth-host=scram-sha-256 \
    --no-sync --no-instructions "$@" >"$HOWDAH_RUN/initdb.log" 2>&1 || {
    cat "$HOWDAH_RUN/initdb.log" >&2
    fail "initdb failed, see above"
  }
  initdb --sync-only -D "$new" >/dev/null
  if [ -d "$PGDATA" ]; then
    rmdir -- "$PGDATA"
  fi
  mv -- "$new" "$PGDATA"
  # The rename itself must survive a power cut; a sync without operands is the slow way that every system has.
  sync "$(dirname "$PGDATA")" 2>/dev/null || sync
fi

# Volumes come back with group permissions when fsGroup is applied to them, and postgres refuses such a directory.
chmod 0700 "$PGDATA"

# What ALTER SYSTEM wrote was valid until this start; from here on postgresql.conf says it.
: >"$PGDATA/postgresql.auto.conf"

free_kib=$(df -Pk "$PGDATA" | {
  read -r _
  read -r _ _ _ available _
  printf '%s' "$available"
})
if [ "$free_kib" -lt $((wal_segment_mib * 1024)) ]; then
  fail "disk full: $((free_kib / 1024)) MiB are free and the write-ahead log needs $wal_segment_mib MiB to start; grow the volume (spec.storage.size)"
fi

trap - INT TERM
exec postgres -D "$PGDATA" -p "$PGPORT" \
  -c "config_file=$HOWDAH_CONFIG/postgresql.conf" \
  -c "hba_file=$HOWDAH_CONFIG/pg_hba.conf" \
  -c "listen_addresses=$HOWDAH_LISTEN" \
  -c "unix_socket_directories=$HOWDAH_RUN" \
  -c "ssl_cert_file=$HOWDAH_TLS/tls.crt" \
  -c "ssl_key_file=$HOWDAH_TLS/tls.key"
