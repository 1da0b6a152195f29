#!/usr/bin/env bash
# Sets up and runs the main job: the training sample on its embedded default. Arguments go to the sample.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
start="$PWD"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export OPENBLAS_NUM_THREADS="${OPENBLAS_NUM_THREADS:-1}"

cd "$here"
./setup.sh
project=samples/GeoAlign.Train/GeoAlign.Train.csproj
dotnet build "$project" --configuration Release --verbosity quiet -nologo
cd "$start"   # relative paths in the arguments are the caller's
exec dotnet "$here/samples/GeoAlign.Train/bin/Release/net10.0/GeoAlign.Train.dll" "$@"
