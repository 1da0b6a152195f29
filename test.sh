#!/usr/bin/env bash
# Sets up, builds with warnings as errors and runs every test of the solution.
# The last line of the output is 'N passed, N failed'; the exit code is 0 only if something ran and all of it passed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if [[ "${1:-}" == --help || "${1:-}" == -h ]]; then
  cat <<'TEXT'
Usage: ./test.sh [ARGUMENTS OF dotnet test]

Sets up (./setup.sh), builds GeoAlign.sln with warnings as errors and runs the tests of every test project.
Further arguments go to 'dotnet test', for instance:
  ./test.sh --filter FullyQualifiedName~SO3
Results as .trx files: artifacts/test-results/
TEXT
  exit 0
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# One BLAS thread: the tests' matrices are small, and two pools on two cores are slower than one.
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"

# Release: building and testing take as long as in Debug (measured: equal within the noise), and it is the code that users get.
configuration=Release
results=artifacts/test-results

./setup.sh
provider="$(sed -n 's:.*<TorchProvider>\(.*\)</TorchProvider>.*:\1:p' artifacts/torch-provider.props)"

dotnet build GeoAlign.sln --configuration "$configuration" --verbosity quiet -nologo -warnaserror

# counter FILE NAME: one number of the <Counters> element of a .trx file; 0 where there is none.
counter() {
  local value
  value="$(sed -n "s/.*<Counters [^>]*\b$2=\"\([0-9]*\)\".*/\1/p" "$1" 2>/dev/null | head -1)"
  echo "${value:-0}"
}

# run PROJECT ...: its tests, with the further arguments. One line says how it went; numbers go to NAME.counts, what was printed to NAME.log.
run() {
  local project="$1" name trx child="" status=0 started=$SECONDS project_passed project_failed skipped note=""
  shift
  name="$(basename "$project" .csproj)"
  trx="$results/$name.trx"
  trap '[[ -z "$child" ]] || kill "$child"; exit 130' TERM
  dotnet test "$project" --no-build --configuration "$configuration" --verbosity quiet -nologo \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$PWD/$trx" "$@" >"$results/$name.log" 2>&1 &
  child=$!
  wait "$child" || status=$?

  project_passed="$(counter "$trx" passed)"
  project_failed="$(counter "$trx" failed)"
  # Without a filter every project has tests to run; none means that they were not found.
  if ((status == 0 && $# == 0 && project_passed == 0)); then
    echo "no test ran" >>"$results/$name.log"
    status=1
  fi
  # A test host that died counts no failed test; the project failed all the same.
  ((status == 0 || project_failed > 0)) || project_failed=1
  skipped=$(($(counter "$trx" total) - $(counter "$trx" executed)))
  ((skipped == 0)) || note=", $skipped skipped"
  echo "$project_passed $project_failed $status" >"$results/$name.counts"
  echo "$name: $project_passed passed, $project_failed failed$note ($((SECONDS - started)) s)"
}

rm -rf "$results"
mkdir -p "$results"
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT

# Two at a time: most projects keep one core busy. Train first, because it takes longest.
projects="$(sed -n 's/^Project(.*"\(tests[\\/][^"]*\.Tests\.csproj\)".*/\1/p' GeoAlign.sln | tr '\\' '/' | sort)"
for project in $(grep '/GeoAlign.Train.Tests/' <<<"$projects") $(grep -v '/GeoAlign.Train.Tests/' <<<"$projects"); do
  if [[ "$project" == */GeoAlign.TorchSharp.System.Tests.csproj && "$provider" != system ]]; then
    echo "GeoAlign.TorchSharp.System.Tests: not run, the Torch provider is $provider"
    continue
  fi
  (($(jobs -rp | wc -l) < 2)) || wait -n || true
  run "$project" "$@" &
done
wait || true

passed=0 failed=0 broken=()
for project in $projects; do
  name="$(basename "$project" .csproj)"
  [[ "$provider" == system || "$name" != GeoAlign.TorchSharp.System.Tests ]] || continue
  read -r project_passed project_failed status <"$results/$name.counts" || { project_passed=0 project_failed=1 status=1; }
  passed=$((passed + project_passed))
  failed=$((failed + project_failed))
  ((status == 0)) || broken+=("$name")
done

for name in "${broken[@]}"; do
  printf '\n%s:\n' "$name"
  cat "$results/$name.log"
done
((${#broken[@]} == 0)) || echo "failed: ${broken[*]}"
((passed + failed > 0)) || echo "no test ran"
echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
