# The package Microsoft.ML.OnnxRuntime: from nuget.org where that serves it, else made here.
# Why and how: docs/decisions/0002-onnxruntime-package.md.

onnxruntime_project="eng/onnxruntime/Microsoft.ML.OnnxRuntime.csproj"
onnxruntime_answer="artifacts/onnxruntime-source"   # 'nuget.org' or 'local': what nuget.org answered, asked once
onnxruntime_npm_name="com.github.asus4.onnxruntime"
onnxruntime_npm_version="0.4.9"

onnxruntime_version() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" Directory.Packages.props | head -1; }
onnxruntime_package() { echo "artifacts/feed/Microsoft.ML.OnnxRuntime.$(onnxruntime_version OnnxRuntimeLocalVersion).nupkg"; }
onnxruntime_recorded_answer() { cat "$onnxruntime_answer" 2>/dev/null || true; }

# provide_onnxruntime STAGING
provide_onnxruntime() {
  local staging="$1"
  [[ ! -f "$(onnxruntime_package)" ]] || return 0
  [[ -n "$(onnxruntime_recorded_answer)" ]] || ask_nuget_org "$staging/probe"
  [[ "$(onnxruntime_recorded_answer)" == local ]] || return 0
  make_onnxruntime_package "$staging/onnxruntime"
}

# Restores a project that needs nothing but the official package, and writes the answer down.
# It lies inside the repository so that it sees the package sources of the solution, and nothing else of it.
ask_nuget_org() {
  local folder="$1" version log answer
  version="$(onnxruntime_version OnnxRuntimeVersion)"
  log="$folder/restore.log"
  say "asking nuget.org for Microsoft.ML.OnnxRuntime $version"
  mkdir -p "$folder"
  for file in Directory.Build.props Directory.Build.targets Directory.Packages.props; do echo '<Project />' > "$folder/$file"; done
  cat > "$folder/probe.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML.OnnxRuntime" Version="[$version]" /></ItemGroup>
</Project>
XML
  if dotnet restore "$folder/probe.csproj" >"$log" 2>&1; then
    answer=nuget.org
  elif grep -qE 'NU1101|NU1102|NU1103|40[134] \(' "$log"; then
    answer=local
  else
    cat "$log" >&2
    fail "nuget.org did not answer; nothing was written down, run ./setup.sh again"
  fi
  echo "$answer" > "$onnxruntime_answer.new"
  mv "$onnxruntime_answer.new" "$onnxruntime_answer"
}

make_onnxruntime_package() {
  local folder="$1" package archive
  package="$(onnxruntime_package)"
  archive="$onnxruntime_npm_name-$onnxruntime_npm_version.tgz"
  command -v npm >/dev/null || fail "nuget.org does not serve Microsoft.ML.OnnxRuntime here, and npm, which fetches the package's source, is not installed; install npm and run ./setup.sh again"

  say "fetching $onnxruntime_npm_name $onnxruntime_npm_version from npm (150 MB)"
  mkdir -p "$folder"
  npm pack --silent --pack-destination "$folder" "$onnxruntime_npm_name@$onnxruntime_npm_version" >/dev/null \
    || fail "npm could not fetch $onnxruntime_npm_name $onnxruntime_npm_version"
  (cd "$folder" && sha512sum --check --strict --status "$OLDPWD/eng/onnxruntime/source.sha512") \
    || fail "$archive is not the archive pinned in eng/onnxruntime/source.sha512; it was not unpacked"

  say "making $(basename "$package")"
  tar -xzf "$folder/$archive" -C "$folder" package/LICENSE package/ThirdPartyNotices.txt package/Runtime \
    package/Plugins/Linux package/Plugins/Windows package/Plugins/macOS
  dotnet pack "$onnxruntime_project" -v quiet -nologo -p:StagingFolder="$PWD/$folder/" -o "$folder/out" \
    || fail "Microsoft.ML.OnnxRuntime could not be built from $archive"
  mv "$folder/out/$(basename "$package")" "$package"
}

check_onnxruntime() {
  local package
  package="$(onnxruntime_package)"
  if [[ -f "$package" ]]; then
    present "$package"
  elif [[ "$(onnxruntime_recorded_answer)" == nuget.org ]]; then
    present "Microsoft.ML.OnnxRuntime $(onnxruntime_version OnnxRuntimeVersion) (nuget.org)"
  else
    missing "Microsoft.ML.OnnxRuntime: neither $package nor an answer of nuget.org"
  fi
}
