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

rm -rf "$results"
mkdir -p "$results"
passed=0 failed=0 broken=()
for project in $(sed -n 's/^Project(.*"\(tests[\\/][^"]*\.Tests\.csproj\)".*/\1/p' GeoAlign.sln | tr '\\' '/' | sort); do
  name="$(basename "$project" .csproj)"
  if [[ "$name" == GeoAlign.TorchSharp.System.Tests && "$provider" != system ]]; then
    echo "$name: not run, the Torch provider is $provider"
    continue
  fi

  started=$SECONDS
  trx="$results/$name.trx"
  status=0
  dotnet test "$project" --no-build --configuration "$configuration" --verbosity quiet -nologo \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$PWD/$trx" "$@" >"$results/$name.log" 2>&1 || status=$?

  project_passed="$(counter "$trx" passed)"
  project_failed="$(counter "$trx" failed)"
  # Without a filter every project has tests to run; none means that they were not found.
  if ((status == 0 && $# == 0 && project_passed == 0)); then
    echo "no test ran" >>"$results/$name.log"
    status=1
  fi
  if ((status != 0)); then
    cat "$results/$name.log"
    broken+=("$name")
    # A test host that died counts no failed test; the project failed all the same.
    ((project_failed > 0)) || project_failed=1
  fi
  passed=$((passed + project_passed))
  failed=$((failed + project_failed))
  skipped=$(($(counter "$trx" total) - $(counter "$trx" executed)))
  note=""
  ((skipped == 0)) || note=", $skipped skipped"
  echo "$name: $project_passed passed, $project_failed failed$note ($((SECONDS - started)) s)"
done

((${#broken[@]} == 0)) || echo "failed: ${broken[*]}"
((passed + failed > 0)) || echo "no test ran"
echo "$passed passed, $failed failed"
((passed > 0 && failed == 0))
