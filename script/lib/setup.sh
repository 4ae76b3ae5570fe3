# Sourced by the scripts: makes .venv from the lock files; does nothing when it is already as they say.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
ROOT=$PWD
UV_VERSION=0.13.9

# Every command here starts Python many times: what the first has compiled the others read.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*" >&2; }
fail() { say "× $*"; exit 1; }

find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    [ -n "$candidate" ] || continue
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys, venv; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$candidate"; return; }
  done
  fail "Python 3.11 or newer with the venv module is missing (Debian: apt-get install python3 python3-venv)."
}

# setup_env LOCKFILE...: the environment holds exactly what these files lock.
setup_env() {
  local python want have=""
  want=$(cat "$@" script/lib/setup.sh | sha256sum | cut -d' ' -f1)
  [ -f .venv/.wenpan-lock ] && have=$(cat .venv/.wenpan-lock)
  case " $have " in *" $want "*) return 0 ;; esac
  python=$(find_python)
  if [ ! -x .venv/bin/python ]; then
    say "… making .venv"
    "$python" -m venv .venv || fail "could not make .venv (Debian: apt-get install python3-venv)."
  fi
  say "… installing what $* lock"
  if [ ! -x .venv/bin/uv ]; then
    .venv/bin/python -m pip install -q --disable-pip-version-check "uv==$UV_VERSION" 2>/dev/null \
      || say "  (no uv for this machine; using pip, which is slower)"
  fi
  local args=()
  for lock in "$@"; do args+=(-r "$lock"); done
  if [ -x .venv/bin/uv ]; then
    VIRTUAL_ENV=$ROOT/.venv .venv/bin/uv pip install -q --compile-bytecode --require-hashes "${args[@]}" \
      || fail "the packages could not be installed: is a package registry reachable?"
  else
    .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes "${args[@]}" \
      || fail "the packages could not be installed: is a package registry reachable?"
  fi
  link_project
  echo "$have $want" > .venv/.wenpan-lock
}

# The project itself runs from this folder: no build, no download.
link_project() {
  local site
  site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  echo "$ROOT" > "$site/wenpan.pth"
  printf '#!%s\nimport sys\nfrom wenpan.cli import main\nsys.exit(main())\n' "$ROOT/.venv/bin/python" > .venv/bin/wenpan
  chmod +x .venv/bin/wenpan
  .venv/bin/python -m wenpan.district.compile_messages 2>/dev/null || true
}
