#!/bin/sh
# What the tests drive and look with: Debian's Chromium, and strace. Installs what is missing where that is allowed, and
# otherwise names the one command that does, and fails.
set -eu

missing=""
[ -x /usr/bin/chromium ] || missing="chromium fonts-dejavu-core"
command -v strace > /dev/null || missing="$missing strace"
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends $missing"
if command -v apt-get > /dev/null; then
  if [ "$(id -u)" = 0 ]; then
    as_root="env"
  elif sudo -n true 2> /dev/null; then
    as_root="sudo"
  else
    echo "The tests need what is not installed here: $missing. Install it, and run make test again:" >&2
    echo "    sudo sh -c 'apt-get update && $install'" >&2
    exit 1
  fi
  echo "Installing what the tests need: $missing"
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 - the words of the command
  $as_root env DEBIAN_FRONTEND=noninteractive $install -qq
else
  echo "The tests need Debian's packages $missing, at /usr/bin/chromium and on the path. Install them, for example:" >&2
  echo "    sudo sh -c 'apt-get update && $install'" >&2
  exit 1
fi
