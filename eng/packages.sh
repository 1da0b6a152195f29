# The .NET SDK and the distribution's packages.

# wanted_packages PROVIDER
wanted_packages() {
  echo ffmpeg chromium                        # chromium: tests and pictures of the HTML reports
  # libopenblas0-pthread takes the place of the reference BLAS, which is 20 to 40 times slower.
  [[ "$1" != system ]] || echo libtorch-dev libopenblas0-pthread cmake g++ ninja-build
}

is_debian() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

# missing_packages PROVIDER
missing_packages() {
  local wanted installed name
  wanted="$(wanted_packages "$1")"
  installed=" $(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' $wanted 2>/dev/null | awk '$1 == "ii" { printf "%s ", $2 }' || true)"
  for name in $wanted; do
    [[ "$installed" == *" $name "* ]] || printf '%s ' "$name"
  done
}

install_packages() {
  local provider="$1" wanted as_root=()
  if ! is_debian; then
    [[ "$provider" == nuget ]] || fail "the system Torch provider is built from Debian packages ($(echo $(wanted_packages system))), and this is not a Debian system; use './setup.sh --torch nuget'"
    command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null || fail "ffmpeg and ffprobe are not on the PATH; install ffmpeg and run ./setup.sh again"
    return
  fi

  wanted="$(missing_packages "$provider")"
  [[ -n "$wanted" ]] || return 0
  if (($(id -u) != 0)); then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      as_root=(sudo)
    else
      fail "these packages are missing, and only root can install them: apt-get install $wanted"
    fi
  fi

  say "installing ${wanted% }"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $wanted
}

check_packages() {
  local provider="$1" name absent status=0
  if ! is_debian; then
    command -v ffmpeg >/dev/null && present "ffmpeg" || missing "ffmpeg" || return 1
    return
  fi
  absent=" $(missing_packages "$provider")"
  for name in $(wanted_packages "$provider"); do
    if [[ "$absent" == *" $name "* ]]; then missing "package $name" || status=1; else present "package $name"; fi
  done
  return "$status"
}

wanted_dotnet() { sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' global.json; }

# global.json makes the host refuse an SDK that is too old, so asking for the version is the whole test.
has_dotnet() { command -v dotnet >/dev/null && dotnet --version >/dev/null 2>&1; }

require_dotnet() {
  has_dotnet || fail "the .NET SDK $(wanted_dotnet) or a later 10.0 feature band (global.json) is not installed; install it and run ./setup.sh again"
}

check_dotnet() {
  if has_dotnet; then present ".NET SDK $(dotnet --version)"; else missing ".NET SDK $(wanted_dotnet)"; fi
}
