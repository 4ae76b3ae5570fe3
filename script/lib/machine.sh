# Sourced by the scripts: what the tests need of the machine besides Python, brought by apt where we may.
MISSING=""

# need PROGRAM-TEST PACKAGES…: true when the program is there or could be installed; else MISSING says what is not.
need() {
  local test=$1; shift
  eval "$test" >/dev/null 2>&1 && return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "… installing $*"
    local told; told=$(mktemp)
    # Another apt may be at work (a fresh machine updates itself): wait for it instead of giving up.
    if [ -z "${APT_FRESH:-}" ]; then apt-get -o DPkg::Lock::Timeout=300 update -qq >"$told" 2>&1 || true; APT_FRESH=1; fi
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@" \
      >>"$told" 2>&1 || true
    if eval "$test" >/dev/null 2>&1; then rm -f "$told"; return 0; fi
    MISSING="missing: $* (Debian: apt-get install $*); apt said: $(grep -v '^[[:space:]]*$' "$told" | tail -n 1)"
    rm -f "$told"
    return 1
  fi
  MISSING="missing: $* (Debian: apt-get install $*)"
  return 1
}

need_browser() {
  need 'command -v chromium || command -v chromium-browser || command -v google-chrome' chromium \
    && need 'fc-list :lang=zh | grep -q .' fonts-noto-cjk fontconfig
}
# Writer makes the PDFs, Calc the old .xls of the tests: an office may be there without one of them.
need_office() {
  need 'office_has libswlo.so && office_has libsclo.so' libreoffice-writer-nogui libreoffice-calc-nogui
}
office_has() {
  local program; program=$(command -v soffice || command -v libreoffice) || return 1
  [ -e "$(dirname "$(readlink -f "$program")")/$1" ]
}
# Scans are read where it is; a place, and the tests, do without.
need_recognition() { need 'tesseract --list-langs 2>&1 | grep -qx chi_sim' tesseract-ocr tesseract-ocr-chi-sim; }
need_postgres() { need '[ -n "$(postgres_bin)" ]' postgresql postgresql-client; }

postgres_bin() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(dirname "$(command -v initdb 2>/dev/null || echo /nowhere/x)"); do
    [ -x "$folder/initdb" ] && { echo "$folder"; return; }
  done
}

# start_postgres: a throw-away cluster on a socket in a temporary folder; sets PGHOST, PGUSER and DATABASE_URL.
start_postgres() {
  local bin; bin=$(postgres_bin)
  PG_FOLDER=$(mktemp -d /tmp/wenpan-pg.XXXXXX)
  PG_RUN=()
  if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
    local account=nobody
    id postgres >/dev/null 2>&1 && account=postgres
    PG_RUN=(runuser -u "$account" --)
    chown "$account" "$PG_FOLDER"
  fi
  chmod 755 "$PG_FOLDER"
  (cd / && "${PG_RUN[@]}" "$bin/initdb" -D "$PG_FOLDER/data" -U wenpan -A trust -E UTF8 --no-locale -N >/dev/null) || return 1
  (cd / && "${PG_RUN[@]}" "$bin/pg_ctl" -D "$PG_FOLDER/data" -w -s -l "$PG_FOLDER/log" \
    -o "-k $PG_FOLDER -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=60" start) || return 1
  PG_BIN=$bin
  export PGHOST=$PG_FOLDER PGUSER=wenpan
}

stop_postgres() {
  [ -n "${PG_BIN:-}" ] || return 0
  (cd / && "${PG_RUN[@]}" "$PG_BIN/pg_ctl" -D "$PG_FOLDER/data" -m immediate -s stop) || true
  rm -rf "$PG_FOLDER"
  PG_BIN=""
}
