# Sourced by the other scripts. Puts the programs of PostgreSQL $PG_MAJOR on the PATH: official images have them there,
# Debian's packages keep them in a folder for each major version.

# A machine may have another version on its PATH, so the version is asked and not assumed.
is_postgres() {
  case $("$1" --version 2>/dev/null) in
    "postgres (PostgreSQL) $PG_MAJOR"*) return 0 ;;
    *) return 1 ;;
  esac
}

find_postgres() {
  is_postgres postgres && return 0
  for directory in "/usr/lib/postgresql/$PG_MAJOR/bin" "/usr/pgsql-$PG_MAJOR/bin" /usr/local/pgsql/bin \
      /usr/local/bin /opt/bitnami/postgresql/bin; do
    if is_postgres "$directory/postgres"; then
      PATH=$directory:$PATH
      return 0
    fi
  done
  return 1
}

# For programs that speak to a server of any version: whichever is there.
find_client() {
  command -v "$1" >/dev/null && return 0
  PATH=$PATH:/usr/lib/postgresql/$PG_MAJOR/bin:/usr/pgsql-$PG_MAJOR/bin:/usr/local/pgsql/bin:/opt/bitnami/postgresql/bin
  command -v "$1" >/dev/null
}
