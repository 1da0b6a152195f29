#!/usr/bin/env bash
# Builds and tests GeoAlign.Models against the TorchSharp package of a NuGet feed, in a copy of the working tree.
set -uo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

usage() {
  cat <<'TEXT'
Usage: eng/check-nuget-provider.sh FEED [VERSION] [--backend PACKAGE] [--keep]

Builds GeoAlign.Models and runs its tests with -p:TorchProvider=nuget, that is against the TorchSharp package instead of
providers/TorchSharp.System. Works on a copy in a temporary folder, with package, obj and bin folders of its own: the working tree and
the user's package cache stay as they are.

  FEED       a NuGet feed with TorchSharp and the backend: the URL of a v3 index (https://…/index.json) or a folder of .nupkg files.
             Only these two and what begins with libtorch come from it; all else comes from the sources of nuget.config.
  VERSION    version of TorchSharp and of the backend; without it the one in Directory.Packages.props
  --backend  package with libtorch for this machine (default TorchSharp-cpu)
  --keep     do not delete the temporary folder; its name is printed

Steps: feed, copy, restore, build, tests. A step that fails is reported, steps that need it are reported as not run.
Exit code: 0 all steps passed; 1 a step failed; 2 wrong arguments; 3 the feed cannot be used.
TEXT
}

complain() { printf 'check-nuget-provider: %s\n' "$*" >&2; }

feed="" version="" backend="TorchSharp-cpu" keep=false
while (($#)); do
  case "$1" in
    --help|-h) usage; exit 0 ;;
    --keep) keep=true ;;
    --backend) [[ -n "${2:-}" ]] || { complain "--backend takes the name of a package"; exit 2; }; backend="$2"; shift ;;
    --backend=*) backend="${1#*=}" ;;
    -*) complain "unknown option '$1'"; usage >&2; exit 2 ;;
    *) if [[ -z "$feed" ]]; then feed="$1"; elif [[ -z "$version" ]]; then version="$1"; else complain "'$1' is one argument too many"; exit 2; fi ;;
  esac
  shift
done
[[ -n "$feed" ]] || { complain "which feed?"; usage >&2; exit 2; }
[[ "$backend" =~ ^[A-Za-z0-9._-]+$ ]] || { complain "'$backend' is no name of a package"; exit 2; }
[[ -z "$version" || "$version" =~ ^[0-9A-Za-z.+-]+$ ]] || { complain "'$version' is no version"; exit 2; }
version="${version:-$(sed -n 's/.*<PackageVersion Include="TorchSharp" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")}"
[[ -n "$version" ]] || { complain "Directory.Packages.props names no version of TorchSharp; give one"; exit 2; }
command -v dotnet >/dev/null || { complain "dotnet is not on the PATH"; exit 3; }

work="$(mktemp -d "${TMPDIR:-/tmp}/geoalign-nuget-XXXXXX")"
copy="$work/source"
finish() { if $keep; then printf 'kept: %s\n' "$work"; else rm -rf "$work"; fi; }
trap finish EXIT

declare -a results=()
failed=false

# step NAME COMMAND…: runs it, shows the end of its output if it fails, goes on.
step() {
  local name="$1" log="$work/$1.log"
  shift
  if "$@" >"$log" 2>&1; then
    results+=("passed   $name")
    return 0
  fi
  results+=("FAILED   $name")
  failed=true
  printf -- '---- %s failed:\n' "$name"
  grep -E 'error|Failed|Assert' "$log" | sort -u | head -40 || true
  grep -qE 'error|Failed|Assert' "$log" || tail -20 "$log"
  return 1
}

not_run() { results+=("not run  $1 ($2)"); }

summary() {
  printf '\nTorchSharp %s, %s, from %s\n' "$version" "$backend" "$feed"
  printf '  %s\n' "${results[@]}"
}

# package_in_folder NAME: answers 0 when the folder has that version.
package_in_folder() { [[ -n "$(find "$feed" -iname "$1.$version.nupkg" -print -quit)" ]]; }

check_feed() {
  if [[ "$feed" == *://* ]]; then
    [[ "$feed" == https://* || "$feed" == http://* ]] || { echo "error: '$feed' is neither http nor https"; return 1; }
    local answer
    answer="$(curl --silent --show-error --location --max-time 60 --output "$work/index.json" --write-out '%{http_code}' "$feed" 2>"$work/curl.txt")" ||
      { echo "error: no answer from $feed: $(tr -d '\n' <"$work/curl.txt")"; return 1; }
    [[ "$answer" == 200 ]] || { echo "error: $feed answers with HTTP status $answer, expected 200"; return 1; }
    grep -q '"resources"' "$work/index.json" || { echo "error: $feed is not the index of a NuGet v3 feed: it has no \"resources\""; return 1; }
    return 0
  fi

  [[ -d "$feed" ]] || { echo "error: there is no folder '$feed'"; return 1; }
  feed="$(cd "$feed" && pwd)"
  local missing=""
  package_in_folder TorchSharp || missing+=" TorchSharp.$version.nupkg"
  package_in_folder "$backend" || missing+=" $backend.$version.nupkg"
  [[ -z "$missing" ]] || { echo "error: the folder $feed has no$missing"; return 1; }
}

copy_tree() {
  mkdir -p "$copy"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    [[ ! -e "$file" ]] || printf '%s\0' "$file"
  done | tar --create --null --files-from=- --file=-) | tar --extract --directory="$copy" --file=- || return 1
  mkdir -p "$copy/artifacts/feed"
  if [[ -d "$root/artifacts/feed" ]]; then          # packages that set-up made on this machine
    cp -R "$root/artifacts/feed/." "$copy/artifacts/feed/" || return 1
  fi

  # The version asked for, and the backend for the tests: applications choose their own, so the projects name none.
  local props="$copy/Directory.Packages.props" tests="$copy/tests/GeoAlign.Models.Tests/GeoAlign.Models.Tests.csproj"
  sed -i.before "s|\(<PackageVersion Include=\"TorchSharp\" Version=\"\)[^\"]*|\1$version|" "$props" || return 1
  grep -q "Include=\"$backend\"" "$props" ||
    sed -i.before "s|\(.*\)<PackageVersion Include=\"TorchSharp\" .*|&\n\1<PackageVersion Include=\"$backend\" Version=\"$version\" />|" "$props" || return 1
  grep -q "Include=\"$backend\"" "$tests" ||
    sed -i.before "s|</Project>|  <ItemGroup><PackageReference Include=\"$backend\" /></ItemGroup>\n</Project>|" "$tests" || return 1
  grep -q "Include=\"$backend\" Version=\"$version\"" "$props" || { echo "error: the versions could not be written to $props"; return 1; }

  local escaped="${feed//&/&amp;}"
  cat >"$copy/nuget.config" <<XML || return 1
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <clear />
    <add key="nuget.org" value="https://api.nuget.org/v3/index.json" protocolVersion="3" />
    <add key="local" value="artifacts/feed" />
    <add key="torch" value="$escaped" />
  </packageSources>
  <packageSourceMapping>
    <packageSource key="nuget.org"><package pattern="*" /><package pattern="Microsoft.ML.OnnxRuntime" /></packageSource>
    <packageSource key="local"><package pattern="Microsoft.ML.OnnxRuntime" /><package pattern="GeoAlign.*" /></packageSource>
    <packageSource key="torch">
      <package pattern="TorchSharp" /><package pattern="TorchSharp-*" /><package pattern="libtorch*" /><package pattern="$backend" />
    </packageSource>
  </packageSourceMapping>
</configuration>
XML
}

in_copy() {
  (cd "$copy" && NUGET_PACKAGES="$work/packages" NUGET_HTTP_CACHE_PATH="$work/http" DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    MSBUILDDISABLENODEREUSE=1 "$@" -p:TorchProvider=nuget -p:UseSharedCompilation=false -nologo)
}

if ! step feed check_feed; then
  for name in copy restore build tests; do not_run "$name" "the feed cannot be used"; done
  summary
  exit 3
fi
[[ "$feed" == *://* ]] || feed="$(cd "$feed" && pwd)"

models="src/GeoAlign.Models/GeoAlign.Models.csproj" tests="tests/GeoAlign.Models.Tests/GeoAlign.Models.Tests.csproj"
if step copy copy_tree && step restore in_copy dotnet restore "$tests" -v q; then
  step build in_copy dotnet build "$models" --no-restore -v q || true
  if step build-tests in_copy dotnet build "$tests" --no-restore -v q; then
    step tests in_copy dotnet test "$tests" --no-build -v q || true
  else
    not_run tests "they do not build"
  fi
else
  for name in restore build build-tests tests; do
    [[ "${results[*]}" == *"FAILED   $name"* ]] || not_run "$name" "an earlier step failed"
  done
fi

summary
if $failed; then exit 1; fi
