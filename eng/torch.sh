# The Torch provider: which one, and the native part of the system one.

torch_provider_file="artifacts/torch-provider.props"
torch_shim_build="providers/TorchSharp.System/native/build.sh"
torch_shim="artifacts/native/linux-x64/libGeoAlignTorch.so"

default_torch_provider() { if [[ "$(uname -s)" == Linux ]]; then echo system; else echo nuget; fi; }

recorded_torch_provider() {
  [[ ! -f "$torch_provider_file" ]] || sed -n 's:.*<TorchProvider>\(.*\)</TorchProvider>.*:\1:p' "$torch_provider_file"
}

record_torch_provider() {
  [[ "$(recorded_torch_provider)" != "$1" ]] || return 0
  say "writing down the Torch provider: $1"
  cat > "$torch_provider_file.new" <<XML
<Project>
  <!-- Written by ./setup.sh. -->
  <PropertyGroup>
    <TorchProvider>$1</TorchProvider>
  </PropertyGroup>
</Project>
XML
  mv "$torch_provider_file.new" "$torch_provider_file"
}

# The build script answers at once when the library is up to date.
build_torch_shim() {
  [[ "$1" == system ]] || return 0
  "$torch_shim_build"
}

check_torch() {
  local recorded
  recorded="$(recorded_torch_provider)"
  if [[ "$recorded" == "$1" ]]; then present "$torch_provider_file ($recorded)"; else missing "$torch_provider_file ($1)" || local status=1; fi
  [[ "$1" == nuget ]] || { if [[ -f "$torch_shim" ]]; then present "$torch_shim"; else missing "$torch_shim" || status=1; fi; }
  return "${status:-0}"
}
