#!/bin/sh
# Installs what is missing, then starts, stops and shows the assistant. Needs only a shell and npm (or curl).
set -eu

root=$(cd "$(dirname "$0")" && pwd)
cd "$root"
bun_version=1.4.5

help() {
  cat <<'HELP'
Usage: ./run.sh COMMAND

  start [--foreground]   install what is missing, start, and print the address; the smallest model
                         comes first, and the page offers better ones: --wait-for-model waits for
                         the best one that fits
  stop                   end it
  restart                end it and start it again
  status                 what runs, since when, with which model (exit code 3: it does not run)
  logs [NAME] [-f]       the last lines of the log of server, vllm or orchestrator; -f goes on
  load MODEL [ENGINE]    put another model in place of the one that runs
  engine NAME ACTION     start, stop or restart one engine (llama, vllm)
  chat                   talk to it in this terminal
  ask "QUESTION"         one question and its answer, also in a pipe (ask --help)
  models list            the models that are known, and those that are here
  models pull NAME       fetch a model of that list, or any GGUF model of the hub: hf:USER/REPO[:QUANT]
  models rm NAME         remove a model's file
  users ...              who may log in: list, add NAME, password NAME, key NAME KEYNAME
  setup-vllm             bring vLLM for this machine (--cpu, --force)
  backup [FILE]          copy the database, also while the program runs
  restore FILE           put a backup in its place; what was there is kept
  restore --salvage      save what can be read of a damaged database, which is kept
  restore --new          begin with an empty database; what was there is kept
  test [--only NAME]     run every check and test, or one step of them (see CONTRIBUTING.md)
  help                   this

Settings are environment variables: PORT, HOST, DATA_DIR, MODELS_DIR, MODEL and others (see README.md).
HELP
}

fail() {
  echo "$*" >&2
  exit 1
}

# True for a Bun of this version or a later one of the same generation.
is_recent_bun() {
  found=$("$1" --version 2>/dev/null) || return 1
  major=${found%%.*}
  rest=${found#*.}
  minor=${rest%%.*}
  [ "$major" -gt 1 ] 2>/dev/null || { [ "$major" -eq 1 ] && [ "$minor" -ge 4 ]; } 2>/dev/null
}

find_bun() {
  for candidate in "$(command -v bun || true)" .bun/node_modules/.bin/bun .bun/bin/bun .bun/node_modules/@oven/*/bin/bun; do
    if [ -n "$candidate" ] && [ -x "$candidate" ] && is_recent_bun "$candidate"; then
      bun=$(cd "$(dirname "$candidate")" && pwd)/$(basename "$candidate")
      PATH=$(dirname "$bun"):$PATH
      export PATH
      return 0
    fi
  done
  return 1
}

# Finds the process that the data folder names as its owner, if that lives. Both its pid and the time at which it was
# started must fit (src/process/pid-file.ts): nobody else is ever taken for it.
find_running() {
  record=$(cat "${DATA_DIR:-data}/orchestrator.pid" 2>/dev/null) || return 1
  pid=${record#*\"pid\":}
  pid=${pid%%[!0-9]*}
  started=${record#*\"started\":\"}
  started=${started%%\"*}
  [ -n "$pid" ] && [ -r "/proc/$pid/stat" ] || return 1
  # The command's name, in parentheses, may hold anything: fields are counted from behind it.
  ticks=$(awk '{ sub(/.*\) /, ""); if ($1 != "Z" && $1 != "X") print $20 }' "/proc/$pid/stat" 2>/dev/null) || return 1
  [ "$started" = "$(cat /proc/sys/kernel/random/boot_id):$ticks" ]
}

# It may have been removed, or not be on this PATH: the running program still has it.
find_bun_of_running() {
  find_running && is_recent_bun "/proc/$pid/exe" && bun=/proc/$pid/exe
}

stop_running() {
  kill "$pid"
  tries=$((40 + 2 * ${DRAIN_SECONDS:-3}))
  while find_running; do
    [ "$tries" -gt 0 ] || fail "It does not end (process $pid)."
    tries=$((tries - 1))
    sleep 0.5
  done
  echo "Stopped."
}

require_space() {
  free=$(df -Pk "$root" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$free" -ge "$1" ] || fail "$2 needs $1 MB, and $free MB are free in $root. Free some space and start again."
}

# The bytes of a folder's files.
folder_bytes() {
  ls -lR "$1" 2>/dev/null | awk '/^-/ { sum += $5 } END { printf "%.0f", sum }'
}

# Runs a command that fetches something into a folder, with its output in a log there. It says how much has come, and
# ends the command when nothing has come for a while: npm alone goes on trying for minutes. $1 folder, $2 log.
fetch_into() {
  folder=$1
  log=$2
  shift 2
  # In a group of its own, so that what it starts ends with it.
  if command -v setsid >/dev/null 2>&1; then
    setsid "$@" >"$log" 2>&1 </dev/null &
    fetcher=$!
    whole=-$fetcher
  else
    "$@" >"$log" 2>&1 </dev/null &
    fetcher=$!
    whole=$fetcher
  fi
  trap 'kill -s TERM -- "$whole" 2>/dev/null; exit 130' INT TERM
  bytes=$(folder_bytes "$folder")
  idle=0
  shown=0
  # Without sleep (a bare system) it is waited for.
  while kill -0 "$fetcher" 2>/dev/null && sleep 0.25 2>/dev/null; do
    shown=$((shown + 1))
    [ $((shown % 4)) -eq 0 ] || continue
    before=$bytes
    bytes=$(folder_bytes "$folder")
    if [ "$bytes" = "$before" ]; then idle=$((idle + 1)); else idle=0; fi
    if [ $((shown % 20)) -eq 0 ]; then echo "  … $((bytes / 1000000)) MB so far"; fi
    if [ "$idle" -ge "${FETCH_PATIENCE_SECONDS:-20}" ]; then
      echo "Nothing has come for $idle seconds." >>"$log"
      kill -s TERM -- "$whole" 2>/dev/null || true
      sleep 1
      kill -s KILL -- "$whole" 2>/dev/null || true
    fi
  done
  trap - INT TERM
  wait "$fetcher"
}

install_bun() {
  require_space 400 "Bun"
  mkdir -p .bun
  echo "Installing Bun $bun_version into .bun …"
  if command -v npm >/dev/null 2>&1; then
    # One more try, soon: npm's own two take more than a minute where there is no network.
    export npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=2000 npm_config_fetch_retry_maxtimeout=5000
    fetch_into .bun .bun/install.log npm install --prefix .bun --no-audit --no-fund --no-update-notifier --loglevel=error "bun@$bun_version" || bun_failed
    unset npm_config_fetch_retries npm_config_fetch_retry_mintimeout npm_config_fetch_retry_maxtimeout
  elif command -v curl >/dev/null 2>&1; then
    # Bun's own installer, see https://bun.sh/docs/installation; SHELL= keeps it from editing the shell's files.
    fetch_into .bun .bun/install.log sh -c 'curl -fsSL --connect-timeout 15 https://bun.sh/install | SHELL=/bin/sh BUN_INSTALL="$1/.bun" bash -s "$2"' \
      sh "$root" "bun-v$bun_version" || bun_failed
  else
    fail "Bun is missing, and neither npm nor curl is there to install it. Install one of them, or Bun itself (https://bun.sh)."
  fi
  find_bun || bun_failed
}

bun_failed() {
  tail -n 5 .bun/install.log >&2 || true
  rm -rf .bun
  fail "Bun could not be installed. Check the network (and the npm registry), then start again."
}

# Packages are up to date when the stamp holds the checksum of bun.lock; those for tests include all others.
install_packages() {
  kind=$1
  stamp=node_modules/.installed
  lock=$(cksum <bun.lock)
  if [ -f "$stamp" ]; then
    case "$(cat "$stamp")" in
      "$lock $kind" | "$lock tests") return 0 ;;
    esac
  fi
  require_space 600 "The packages"
  echo "Installing packages …"
  mkdir -p node_modules
  if [ "$kind" = tests ]; then set -- ; else set -- --production; fi
  if ! "$bun" install --frozen-lockfile "$@" >node_modules/.install.log 2>&1; then
    tail -n 5 node_modules/.install.log >&2
    fail "The packages could not be installed. Check the network (and the npm registry), then start again."
  fi
  echo "$lock $kind" >"$stamp"
}

prepare() {
  find_bun || install_bun
  install_packages "$1"
}

command=${1:-help}
[ $# -eq 0 ] || shift

case "$command" in
  start)
    prepare production
    foreground=no
    patience=
    for word in "$@"; do
      case "$word" in
        --foreground) foreground=yes ;;
        --wait-for-model) patience=$word ;;
        *) fail "start knows --foreground and --wait-for-model, and not \"$word\"." ;;
      esac
    done
    "$bun" src/cli/models.ts prepare ${patience:+"$patience"}
    if [ "$foreground" = yes ]; then exec "$bun" src/main.ts; fi
    exec "$bun" src/cli/control.ts start
    ;;
  restart)
    prepare production
    "$bun" src/cli/models.ts prepare
    exec "$bun" src/cli/control.ts restart
    ;;
  stop | status | logs | load | engine)
    if [ -d node_modules ] && { find_bun || find_bun_of_running; }; then
      exec "$bun" src/cli/control.ts "$command" "$@"
    fi
    # What was never installed does not run; what was started and then lost its Bun or its packages does.
    if ! find_running; then
      echo "It is not running: it has not been installed yet. ./run.sh start does that."
      exit 3
    fi
    case "$command" in
      status) echo "It is running (process $pid). More can be told when ./run.sh start has brought what is missing here." ;;
      stop) stop_running ;;
      *) fail "It is running (process $pid), but cannot be asked: Bun or the packages are not here any more. ./run.sh start brings them." ;;
    esac
    ;;
  chat | ask)
    # In a pipe the answer stands alone: what is installed first is said beside it.
    prepare production >&2 </dev/null
    exec "$bun" "src/terminal/$command.ts" "$@"
    ;;
  models)
    prepare production
    exec "$bun" src/cli/models.ts "$@"
    ;;
  users)
    # A password may come by standard input.
    prepare production >&2 </dev/null
    exec "$bun" src/cli/users.ts "$@"
    ;;
  setup-vllm)
    prepare production
    exec "$bun" src/cli/setup-vllm.ts "$@"
    ;;
  backup | restore)
    prepare production
    exec "$bun" src/cli/backup.ts "$command" "$@"
    ;;
  test)
    prepare tests
    exec "$bun" tests/install/suite.ts "$@"
    ;;
  help | -h | --help)
    help
    ;;
  *)
    echo "There is no command \"$command\"." >&2
    help >&2
    exit 2
    ;;
esac
