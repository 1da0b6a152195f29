#!/usr/bin/env bash
# Sets up a fresh Debian machine for GeoAlign. Safe to run again: what is there is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source eng/say.sh
source eng/packages.sh
source eng/torch.sh
source eng/onnxruntime.sh

usage() {
  cat <<'TEXT'
Usage: ./setup.sh [--torch system|nuget] [--check]

Prepares this machine to build, test and run GeoAlign:
  1. Debian packages (ffmpeg, chromium; for the system provider also libtorch and a C++ tool chain);
  2. artifacts/torch-provider.props, which writes down the Torch provider;
  3. the package Microsoft.ML.OnnxRuntime in artifacts/feed, where nuget.org does not serve it;
  4. the native part of the system Torch provider, in artifacts/native.

  --torch system   the distribution's libtorch through providers/TorchSharp.System (default on Linux)
  --torch nuget    the TorchSharp package (default elsewhere)
                   Without --torch an earlier choice is kept.
  --check          say what is present and what is missing, change nothing; exit code 1 if anything is missing
  --help           this text
TEXT
}

torch_choice=""
check_only=false
while (($#)); do
  case "$1" in
    --torch) torch_choice="${2:-}"; shift; [[ "$torch_choice" == system || "$torch_choice" == nuget ]] || fail "--torch takes 'system' or 'nuget'" ;;
    --torch=*) torch_choice="${1#*=}"; [[ "$torch_choice" == system || "$torch_choice" == nuget ]] || fail "--torch takes 'system' or 'nuget'" ;;
    --check) check_only=true ;;
    --help|-h) usage; exit 0 ;;
    *) usage >&2; fail "unknown argument '$1'" ;;
  esac
  shift
done

torch_provider="${torch_choice:-$(recorded_torch_provider)}"
torch_provider="${torch_provider:-$(default_torch_provider)}"

if $check_only; then
  missing=0
  check_dotnet || missing=1
  check_packages "$torch_provider" || missing=1
  check_torch "$torch_provider" || missing=1
  check_onnxruntime || missing=1
  exit "$missing"
fi

# One set-up at a time. What a killed run left in the staging folder is thrown away here.
# The steps run without descriptor 9: a compiler server that outlives them must not hold the lock.
mkdir -p artifacts/feed
if command -v flock >/dev/null; then
  exec 9>artifacts/setup.lock
  flock 9
fi
staging="artifacts/staging"
rm -rf "$staging"
trap 'rm -rf "$staging"' EXIT

require_dotnet
install_packages "$torch_provider" 9>&-
record_torch_provider "$torch_provider"
provide_onnxruntime "$staging" 9>&-
build_torch_shim "$torch_provider" 9>&-
say "ready (Torch provider: $torch_provider)"
