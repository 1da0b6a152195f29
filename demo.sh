#!/usr/bin/env bash
# Sets up and runs the main job: GRPO repairs the metric scale of a video model in the miniature world, and writes a report.
#   ./demo.sh [OPTIONS]        the miniature, preset quick; --preset full, --seeds N, --help for more
#   ./demo.sh ablate|pretrain|estimators|world|picture ...   the miniature's other commands
#   ./demo.sh train OPTIONS    the training program for your own videos, paths, weights and pose estimator; train --help
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
start="$PWD"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"

sample=GeoAlign.Miniature arguments=("$@")
case "${1:-}" in
  train) sample=GeoAlign.Train arguments=("${@:2}") ;;
  run | ablate | pretrain | estimators | world | picture | -h | --help | -\?) ;;
  *) arguments=(run "$@") ;;
esac

cd "$here"
./setup.sh
dotnet build "samples/$sample/$sample.csproj" --configuration Release --verbosity quiet -nologo
cd "$start"   # relative paths in the arguments are the caller's
exec dotnet "$here/samples/$sample/bin/Release/net10.0/$sample.dll" "${arguments[@]}"
