# shellcheck shell=bash
# Sourced by .ci/run: starts a throw-away PostgreSQL server for the contract tests and exports RASOAT_TEST_POSTGRES_URL.
# Needs root or sudo to install the Debian package; returns non-zero, and exports nothing, where no server can be had.

postgres_here() {
  local run="" bin data port log
  [ "$(id -u)" = 0 ] || run="sudo"
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  if [ -z "$bin" ]; then
    $run apt-get update -qq >/dev/null 2>&1 || true
    # the package would start a cluster of its own: only the programs are wanted
    echo "exit 101" | $run tee /usr/sbin/policy-rc.d >/dev/null && $run chmod +x /usr/sbin/policy-rc.d
    DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1 || true
    $run rm -f /usr/sbin/policy-rc.d
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  fi
  [ -n "$bin" ] || return 1
  data=$(mktemp -d)
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])') || return 1
  log="$data/log"
  local as=()
  if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root
    chown postgres "$data"
    as=(runuser -u postgres --)
  fi
  "${as[@]}" "$bin/initdb" -D "$data/db" -A trust -U rasoat --no-sync >/dev/null || return 1
  "${as[@]}" "$bin/pg_ctl" -D "$data/db" -l "$log" -w -o "-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null || return 1
  "${as[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U rasoat rasoat_test || return 1
  RASOAT_CI_POSTGRES_STOP="${as[*]} $bin/pg_ctl -D $data/db -m immediate stop"
  export RASOAT_TEST_POSTGRES_URL="postgresql+psycopg://rasoat@127.0.0.1:$port/rasoat_test"
}

# called by whoever sourced this file when it leaves
stop_postgres() {
  [ -z "${RASOAT_CI_POSTGRES_STOP:-}" ] || $RASOAT_CI_POSTGRES_STOP >/dev/null 2>&1 || true
}

postgres_here
