#!/usr/bin/env bash
# Makes the packages and the tool, for 'dotnet add package' and 'dotnet tool install'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version="" out=artifacts/packages
usage() {
  cat <<'TEXT'
Usage: eng/pack.sh [--version X.Y.Z] [--out FOLDER]

Sets up (./setup.sh) and packs GeoAlign.Geometry, .Sampling, .Rewards, .Grpo and .Models, the Torch provider if it is 'system', and the
tool 'geoalign' into FOLDER (artifacts/packages; relative to the repository). Packages that set-up had to make itself are copied there too, so FOLDER and nuget.org
are all that a project needs. Prints the commands that add the packages to a project.

  --version X.Y.Z   the version; a registry's cache keeps what it has, so packages that changed need another one
TEXT
}

while (($#)); do
  case "$1" in
    --version) version="${2:?--version needs a version}"; shift 2 ;;
    --out) out="${2:?--out needs a folder}"; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) echo "error: '$1' is not an option" >&2; usage >&2; exit 2 ;;
  esac
done
[[ -z "$version" || "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+$ ]] || { echo "error: '$version' is not a version of the form X.Y.Z" >&2; exit 2; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
./setup.sh
mkdir -p "$out"
out="$(cd "$out" && pwd)"
started="$(mktemp)"
trap 'rm -f "$started"' EXIT
dotnet pack GeoAlign.sln --configuration Release --output "$out" --verbosity quiet -nologo ${version:+-p:VersionPrefix="$version"}
find artifacts/feed -name '*.nupkg' -exec cp {} "$out" \;

printf '\nTo use them in a project:\n  dotnet nuget add source %s --name geoalign\n' "$out"
find "$out" -name 'GeoAlign.*.nupkg' -newer "$started" | sort | while read -r file; do
  name="$(basename "$file" .nupkg)"
  id="$(sed -E 's/\.[0-9]+\.[0-9]+\.[0-9]+(-.*)?$//' <<<"$name")"
  case "$id" in
    GeoAlign.Tool) printf '  dotnet tool install %s --version %s --tool-path tools\n' "$id" "${name#"$id".}" ;;
    GeoAlign.TorchSharp.System) ;;      # comes with GeoAlign.Models
    *) printf '  dotnet add package %s --version %s\n' "$id" "${name#"$id".}" ;;
  esac
done
