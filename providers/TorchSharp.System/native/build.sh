#!/bin/sh
# Builds libGeoAlignTorch.so, the C border to the distribution's libtorch, into artifacts/native/linux-x64.
# A stamp with the hash of the sources lets a second call return at once.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH= cd -- "$here/../../.." && pwd)
out="$root/artifacts/native/linux-x64"
library="$out/libGeoAlignTorch.so"
stamp="$out/libGeoAlignTorch.sha256"

fail() {
  echo "build.sh: $1" >&2
  exit 1
}

libtorch=$(dpkg-query -W -f '${Version}' libtorch-dev 2>/dev/null || true)
hash=$( (cd "$here" && cat ./*.cpp ./*.h CMakeLists.txt build.sh; echo "$libtorch") | sha256sum | cut -d ' ' -f 1)
if [ -f "$library" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$hash" ]; then
  echo "libGeoAlignTorch.so is up to date."
  exit 0
fi

missing=""
command -v cmake >/dev/null 2>&1 || missing="$missing cmake"
command -v g++ >/dev/null 2>&1 || missing="$missing g++"
[ -f /usr/include/ATen/ATen.h ] || [ -n "${Torch_DIR:-}" ] || missing="$missing libtorch-dev"
if [ -n "$missing" ]; then
  fail "missing:$missing. Run ./setup.sh, or: apt-get install$missing libopenblas0-pthread"
fi

build="$root/artifacts/native/build/torch"
mkdir -p "$out" "$build"
generator=""
command -v ninja >/dev/null 2>&1 && generator="-G Ninja"
log="$build/build.log"
# shellcheck disable=SC2086  # the generator is two words on purpose
if ! { cmake -S "$here" -B "$build" $generator && cmake --build "$build" --parallel "${GEOALIGN_BUILD_JOBS:-2}"; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  fail "the build failed; the whole log is $log"
fi
cp "$build/libGeoAlignTorch.so" "$library.new"
mv "$library.new" "$library"
echo "$hash" >"$stamp"
echo "Built $library"
