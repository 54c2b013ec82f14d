#!/usr/bin/env bash
# Installs what some tests look through: LibreOffice (opens, edits and prints workbooks, writes Word
# documents; xsltproc runs its stylesheets), pandoc (Markdown, HTML), poppler (turns the print
# into text and pictures) and two Chinese serif fonts. Debian and Ubuntu;
# asks the package manager only for what is missing.
set -euo pipefail

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc)
writer=$(dirname "$(readlink -f "$(command -v soffice)" 2>/dev/null)" 2>/dev/null)/libswlo.so
[ -e "$writer" ] || missing+=(libreoffice-writer)
python3 -c "import uno" 2>/dev/null || /usr/bin/python3 -c "import uno" 2>/dev/null || missing+=(python3-uno)
command -v pandoc >/dev/null || missing+=(pandoc)
command -v xsltproc >/dev/null || missing+=(xsltproc)
command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null || missing+=(poppler-utils)
has_font() { command -v fc-list >/dev/null && fc-list ":family=$1" family | grep -q .; }
has_font "Noto Serif CJK SC" || missing+=(fontconfig fonts-noto-cjk)
has_font "AR PL UMing CN" || missing+=(fontconfig fonts-arphic-uming)

if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "install-system-packages: no apt-get here; install by hand: ${missing[*]}" >&2
    exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@" </dev/null
}
try_thrice() {
    local try
    for try in 1 2 3; do
        "$@" && return 0
        echo "install-system-packages: try $try of 3 failed: $*" >&2
        sleep $((try * 5))
    done
    return 1
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "install-system-packages: installing ${missing[*]}" >&2
{
    try_thrice apt update
    try_thrice apt install --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 || { tail -n 60 "$log" >&2; exit 1; }
